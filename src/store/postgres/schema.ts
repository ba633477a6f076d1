import type { Migrations } from './database.ts'

/**
 * One row a document, and one row for each of its keys: both kinds of list are then a range of an index in the
 * order asked for, however many documents share a key (a GIN index on an array would fetch and sort them all).
 * Text is compared byte by byte, and the value kept as the text it was given. Times are epoch ms.
 *
 * `commit_changes` is a whole commit in one round trip. It first takes an advisory lock for each document named, in one
 * order for everybody, so commits never deadlock, and one that finds a document absent keeps it so; then it checks all
 * conditions; then it writes. Answers no row, or the condition that failed.
 */
export const storeMigrations: Migrations = {
  part: 'store',
  steps: [
    `
create table documents (
  collection text collate "C" not null,
  id text collate "C" not null,
  version int not null,
  json text not null,
  keys text[] not null,
  due double precision,
  primary key (collection, id)
);
create index documents_due on documents (collection, due, id) where due is not null;

create table document_keys (
  collection text collate "C" not null,
  key text collate "C" not null,
  id text collate "C" not null,
  primary key (collection, key, id)
);

create table probe (one bool primary key default true check (one), at timestamptz not null);

create function now_ms() returns double precision language sql volatile as
$$ select floor(extract(epoch from clock_timestamp()) * 1000)::double precision $$;

create function commit_changes(changes json) returns table (reason text, collection text, id text)
language plpgsql volatile as $$
#variable_conflict use_column
declare
  lock bigint;
  moment double precision;
begin
  for lock in
    select distinct hashtextextended(current_schema() || E'\\x1f' || c.collection || E'\\x1f' || c.id, 0)
    from json_to_recordset(changes) as c(collection text, id text) order by 1
  loop
    perform pg_advisory_xact_lock(lock);
  end loop;

  moment := now_ms();
  return query
    select 'too_late'::text, c.collection, c.id
    from json_to_recordset(changes) as c(n int, collection text, id text, "notAfter" double precision)
    where c."notAfter" < moment order by c.n limit 1;
  if found then return; end if;

  return query
    select 'conflict'::text, c.collection, c.id
    from json_to_recordset(changes) as c(n int, collection text, id text, expect int)
    left join documents d on d.collection = c.collection and d.id = c.id
    where c.expect is not null and c.expect <> coalesce(d.version, 0) order by c.n limit 1;
  if found then return; end if;

  delete from document_keys k
    using json_to_recordset(changes) as c(kind text, collection text, id text, keys text[])
    join documents d on d.collection = c.collection and d.id = c.id
    cross join lateral unnest(d.keys) as old(key)
    where c.kind in ('put', 'remove') and not coalesce(old.key = any(c.keys), false)
      and k.collection = c.collection and k.key = old.key and k.id = c.id;

  delete from documents d
    using json_to_recordset(changes) as c(kind text, collection text, id text)
    where c.kind = 'remove' and d.collection = c.collection and d.id = c.id;

  insert into documents as d (collection, id, version, json, keys, due)
    select c.collection, c.id, 1, c.json, c.keys, c.due
    from json_to_recordset(changes) as c(kind text, collection text, id text, json text, keys text[], due double precision)
    where c.kind = 'put'
    on conflict (collection, id) do update
    set version = d.version + 1, json = excluded.json, keys = excluded.keys, due = excluded.due;

  insert into document_keys (collection, key, id)
    select c.collection, new.key, c.id
    from json_to_recordset(changes) as c(kind text, collection text, id text, keys text[])
    cross join lateral unnest(c.keys) as new(key)
    where c.kind = 'put'
    on conflict do nothing;

  perform pg_notify('readback_' || current_schema(), touched.collection)
    from (select distinct c.collection from json_to_recordset(changes) as c(kind text, collection text) where c.kind <> 'check') touched;
end
$$;
`,
  ],
}
