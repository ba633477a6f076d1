import { useState } from 'preact/hooks'
import { BotPanel } from './bot-panel.tsx'
import { ClusterPanel } from './cluster-panel.tsx'
import { Icon } from './icons.tsx'
import { useScene } from './scene.ts'
import { useTexts } from './texts/use-texts.ts'
import { TrafficPanel } from './traffic-panel.tsx'

const tabs = ['clusters', 'bot', 'traffic'] as const

/** What happens behind the chat, live, and the means to break it. */
export function ControlRoom({ onClose }: { readonly onClose: () => void }) {
  const { known } = useScene()
  const { room } = useTexts().trial
  const [tab, setTab] = useState<(typeof tabs)[number]>('clusters')
  const onKeyDown = (event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? tabs.length - 1 : 0
    const next = tabs[(tabs.indexOf(tab) + step) % tabs.length]
    if (step === 0 || next === undefined) return
    setTab(next)
    event.currentTarget.querySelectorAll('button')[tabs.indexOf(next)]?.focus()
  }
  return (
    <aside class="panel room" aria-label={room.name}>
      <header class="panel-header">
        <h2>{room.name}</h2>
        <button type="button" class="quiet" aria-label={room.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div class="tabs" role="tablist" aria-label={room.name} onKeyDown={onKeyDown}>
        {tabs.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={name === tab}
            tabIndex={name === tab ? 0 : -1}
            onClick={() => setTab(name)}
          >
            {room.tabs[name]}
          </button>
        ))}
      </div>
      <div class="panel-scroll" role="tabpanel" aria-label={room.tabs[tab]}>
        {tab === 'clusters' && known.clusters.map((cluster) => <ClusterPanel key={cluster.name} cluster={cluster} />)}
        {tab === 'bot' && <BotPanel />}
        {tab === 'traffic' && <TrafficPanel count={known.trafficCount} />}
      </div>
    </aside>
  )
}
