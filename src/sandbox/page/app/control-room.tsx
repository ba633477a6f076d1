import { useEffect, useState } from 'preact/hooks'
import type { PageCluster, PageTrafficEntry, PageWorkload } from '../protocol.ts'
import type { Accident } from '../requests.ts'
import { happen, traffic } from './connection.ts'
import { timeOf } from './dates.ts'
import { Icon } from './icons.tsx'
import { useScene } from './scene.ts'

const tabs = ['Clusters', 'Chat and bot', 'Traffic'] as const

/** What happens behind the chat, live, and the means to break it. */
export function ControlRoom({ onClose }: { readonly onClose: () => void }) {
  const { known } = useScene()
  const [tab, setTab] = useState<(typeof tabs)[number]>('Clusters')
  return (
    <aside class="panel room" aria-label="Control room">
      <header class="panel-header">
        <h2>Control room</h2>
        <button type="button" class="quiet" aria-label="Close control room" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div class="tabs" role="tablist">
        {tabs.map((name) => (
          <button key={name} type="button" role="tab" aria-selected={name === tab} onClick={() => setTab(name)}>
            {name}
          </button>
        ))}
      </div>
      <div class="panel-scroll" role="tabpanel" aria-label={tab}>
        {tab === 'Clusters' && known.clusters.map((cluster) => <Cluster key={cluster.name} cluster={cluster} />)}
        {tab === 'Chat and bot' && <ChatAndBot />}
        {tab === 'Traffic' && <Traffic count={known.trafficCount} />}
      </div>
    </aside>
  )
}

function Cluster({ cluster }: { readonly cluster: PageCluster }) {
  const { name, environment, version, state, tokenExpired, changesAllowed, workloads } = cluster
  return (
    <section class={`cluster ${state}`} aria-label={`Cluster ${name}`}>
      <header>
        <h3>{name}</h3>
        <span class={`environment ${environment}`}>{environment}</span>
        <span class="muted">{version}</span>
        {state !== 'up' && <span class="state">{state}</span>}
      </header>
      {changesAllowed === undefined ? (
        <div class="switches">
          <Switch label="Slow API" on={state === 'slow'} accident={(on) => ({ kind: 'slow', cluster: name, on })} />
          <Switch label="Down" on={state === 'down'} accident={(on) => ({ kind: 'down', cluster: name, on })} />
          <Switch label="Token expired" on={tokenExpired} accident={(on) => ({ kind: 'expire', cluster: name, on })} />
        </div>
      ) : (
        <div class="switches">
          <Switch
            label="Allow changes"
            on={changesAllowed}
            accident={(on) => ({ kind: 'allow_changes', cluster: name, on })}
          />
        </div>
      )}
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
            title={`${pod.name} · ${pod.tag} · ${pod.why}. Click kills it.`}
            aria-label={`Kill pod ${pod.name}, ${pod.why}`}
            onClick={() => void happen({ kind: 'kill_pod', cluster, namespace, name: pod.name })}
          />
        ))}
      </span>
      <span class={ready < wanted ? 'ready short' : 'ready'}>
        {ready}/{wanted}
      </span>
    </li>
  )
}

interface SwitchProps {
  readonly label: string
  readonly on: boolean
  readonly accident: (on: 'on' | 'off') => Accident
}

function Switch({ label, on, accident }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      class="switch"
      onClick={() => void happen(accident(on ? 'off' : 'on'))}
    >
      <i />
      {label}
    </button>
  )
}

function ChatAndBot() {
  const { known } = useScene()
  const { process } = known
  return (
    <>
      <section class="cluster">
        <header>
          <h3>Chat</h3>
        </header>
        <div class="switches">
          <Switch
            label="Rate limit everything"
            on={known.chatLimited}
            accident={(on) => ({ kind: 'limit_chat', on })}
          />
        </div>
        <Deed
          label="Drop the socket"
          about="The connection breaks without a word; the bot notices and comes back."
          accident={{ kind: 'drop_socket' }}
        />
      </section>
      <section class="cluster">
        <header>
          <h3>Bot</h3>
          <span class="muted">{process.connected ? 'connected' : process.kind}</span>
        </header>
        <Deed
          label="kill -9"
          about="No goodbye. It is started again, reads its journal and goes on where it was."
          accident={{ kind: 'kill_bot' }}
        />
        {process.kind !== 'running' && process.kind !== 'starting' && (
          <Deed label="Start it now" about={process.ending ?? ''} accident={{ kind: 'start_bot' }} />
        )}
        {process.said !== undefined && <pre class="code">{process.said}</pre>}
      </section>
    </>
  )
}

function Deed({
  label,
  about,
  accident,
}: {
  readonly label: string
  readonly about: string
  readonly accident: Accident
}) {
  return (
    <div class="deed">
      <button type="button" class="button" onClick={() => void happen(accident)}>
        {label}
      </button>
      <span class="muted">{about}</span>
    </div>
  )
}

function Traffic({ count }: { readonly count: number }) {
  const [entries, setEntries] = useState<readonly PageTrafficEntry[]>([])
  useEffect(() => {
    let current = true
    void traffic().then((found) => (current ? setEntries(found) : undefined))
    return () => {
      current = false
    }
  }, [count])
  return (
    <ol class="traffic">
      {entries.map((entry) => (
        <li key={`${entry.at} ${entry.what} ${entry.about}`} class={entry.good ? '' : 'bad'}>
          <details>
            <summary>
              <time>{timeOf(entry.at)}</time>
              <span
                class={`direction ${entry.direction}`}
                title={entry.direction === 'in' ? 'to the bot' : 'from the bot'}
              >
                {entry.direction === 'in' ? '→' : '←'}
              </span>
              <b>{entry.what}</b>
              <span class="muted">{entry.about}</span>
            </summary>
            {entry.detail !== '' && <pre class="code">{entry.detail}</pre>}
          </details>
        </li>
      ))}
      {entries.length === 0 && <li class="muted">Nothing yet.</li>}
    </ol>
  )
}
