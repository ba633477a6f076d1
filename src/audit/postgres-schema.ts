import type { Migrations } from '../store/postgres/database.ts'
import { emptyHead } from './chain.ts'

/** One row a record: its line as it would stand in the file, and what it is looked up by. `once` keeps apart what several replicas may write. */
export const auditMigrations: Migrations = {
  part: 'audit',
  steps: [
    `
create table audit_head (
  one bool primary key default true check (one),
  count bigint not null,
  hash text not null
);
insert into audit_head (count, hash) values (0, '${emptyHead.hash}');

create table audit_records (
  seq bigint primary key,
  time timestamptz not null,
  what text not null,
  who text not null,
  cluster text,
  action text,
  operation text,
  target text,
  line text not null
);
create index audit_records_who on audit_records (who, seq);
create index audit_records_operation on audit_records (operation, seq) where operation is not null;
create index audit_records_cluster on audit_records (cluster, seq) where cluster is not null;
create index audit_records_time on audit_records (time);

create function audit_is_append_only() returns trigger language plpgsql as
$$ begin raise exception 'the audit trail is append-only'; end $$;
create trigger append_only before update or delete or truncate on audit_records
  for each statement execute function audit_is_append_only();
`,
    `
alter table audit_records add column once text;
create unique index audit_records_once on audit_records (once) where once is not null;
`,
  ],
}
