import { useState } from 'preact/hooks'
import type { Accident } from '../requests.ts'
import { happen } from './connection.ts'
import { useScene } from './scene.ts'
import { Switch } from './switch.tsx'
import { useTexts } from './texts/use-texts.ts'

/** The chat's and the bot's own accidents, and the check of its audit trail. */
export function BotPanel() {
  const { known } = useScene()
  const { room } = useTexts().trial
  const [said, setSaid] = useState<string>()
  const { process } = known
  return (
    <>
      <section class="cluster">
        <header>
          <h3>{room.chat}</h3>
        </header>
        <div class="switches">
          <Switch label={room.limit} on={known.chatLimited} accident={(on) => ({ kind: 'limit_chat', on })} />
        </div>
        <Deed words={room.drop} accident={{ kind: 'drop_socket' }} />
        <Deed words={room.lose} accident={{ kind: 'lose_answer' }} />
      </section>
      <section class="cluster">
        <header>
          <h3>{room.bot}</h3>
          <span class="muted">{process.connected ? room.connected : room.process[process.kind]}</span>
        </header>
        <Deed words={room.killBot} accident={{ kind: 'kill_bot' }} />
        {process.kind !== 'running' && process.kind !== 'starting' && (
          <Deed words={[room.start, process.ending ?? '']} accident={{ kind: 'start_bot' }} />
        )}
        {process.said !== undefined && <pre class="code">{process.said}</pre>}
      </section>
      <section class="cluster">
        <header>
          <h3>{room.audit}</h3>
        </header>
        <Deed words={room.verify} accident={{ kind: 'check_audit', of: 'trail' }} onSaid={setSaid} />
        <Deed words={room.forge} accident={{ kind: 'check_audit', of: 'forgery' }} onSaid={setSaid} />
        {said !== undefined && (
          <pre class="code" role="status">
            {said}
          </pre>
        )}
      </section>
    </>
  )
}

interface DeedProps {
  readonly words: readonly string[]
  readonly accident: Accident
  readonly onSaid?: (said: string) => void
}

function Deed({ words: [label, about], accident, onSaid }: DeedProps) {
  const act = async (): Promise<void> => {
    const answer = await happen(accident)
    onSaid?.(answer.ok ? (answer.said ?? '') : answer.reason)
  }
  return (
    <div class="deed">
      <button type="button" class="button" onClick={() => void act()}>
        {label}
      </button>
      <span class="muted">{about}</span>
    </div>
  )
}
