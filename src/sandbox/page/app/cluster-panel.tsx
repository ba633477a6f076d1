import type { PageCluster, PageWorkload } from '../protocol.ts'
import { happen } from './connection.ts'
import { entryOf } from './reasons.ts'
import { Switch } from './switch.tsx'
import { useTexts } from './texts/use-texts.ts'

/** One cluster, live: what it runs, and what can be done to it. */
export function ClusterPanel({ cluster }: { readonly cluster: PageCluster }) {
  const { name, environment, version, state, tokenExpired, metricsAway, changesAllowed, server, workloads } = cluster
  const { room } = useTexts().trial
  return (
    <section class={`cluster ${state}`} aria-label={room.cluster(name)}>
      <header>
        <h3>{name}</h3>
        <span class={`environment ${environment}`}>{entryOf(room.environment, environment) ?? environment}</span>
        <span class="muted">{version}</span>
        {state !== 'up' && <span class="state">{room.state[state]}</span>}
      </header>
      {server !== undefined && (
        <p class="where">
          <code>{server}</code>
          <br />
          {room.asProduction}
        </p>
      )}
      <div class="switches">
        {changesAllowed === undefined ? (
          <>
            <Switch label={room.slow} on={state === 'slow'} accident={(on) => ({ kind: 'slow', cluster: name, on })} />
            <Switch label={room.down} on={state === 'down'} accident={(on) => ({ kind: 'down', cluster: name, on })} />
            <Switch label={room.expired} on={tokenExpired} accident={(on) => ({ kind: 'expire', cluster: name, on })} />
            {metricsAway !== undefined && (
              <Switch
                label={room.metricsAway}
                on={metricsAway}
                accident={(on) => ({ kind: 'metrics_away', cluster: name, on })}
              />
            )}
          </>
        ) : (
          <Switch
            label={room.allow}
            on={changesAllowed}
            accident={(on) => ({ kind: 'allow_changes', cluster: name, on })}
          />
        )}
      </div>
      <ul class="workloads">
        {workloads.map((workload) => (
          <Workload key={`${workload.namespace}/${workload.name}`} cluster={name} workload={workload} />
        ))}
      </ul>
    </section>
  )
}

function Workload({ cluster, workload }: { readonly cluster: string; readonly workload: PageWorkload }) {
  const { namespace, name, tag, wanted, pods } = workload
  const { room } = useTexts().trial
  const ready = pods.filter((pod) => pod.state === 'ready').length
  return (
    <li class="workload">
      <span class="workload-name">
        <span class="muted">{namespace}/</span>
        <b>{name}</b>
      </span>
      <code>{tag}</code>
      <span class="pods">
        {pods.map((pod) => (
          <button
            key={pod.name}
            type="button"
            class={`pod ${pod.state}${pod.tag === tag ? '' : ' old'}`}
            title={room.pod(pod)}
            aria-label={room.kill(pod.name, pod.why)}
            onClick={() => void happen({ kind: 'kill_pod', cluster, namespace, name: pod.name })}
          />
        ))}
      </span>
      <span class={ready < wanted ? 'ready short' : 'ready'}>
        <span aria-hidden="true">
          {ready}/{wanted}
        </span>
        <span class="hidden">{room.ready(ready, wanted)}</span>
      </span>
    </li>
  )
}
