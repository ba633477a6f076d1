import type { JsonObject } from '../../../json.ts'
import { objectOf, textOf } from '../../slack/json-values.ts'
import { useScene } from './scene.ts'

/** An uploaded picture inside a message; a click opens it in full. */
export function Picture({ block }: { readonly block: JsonObject }) {
  const { known } = useScene()
  const about = textOf(block['alt_text']) ?? ''
  const file = textOf(objectOf(block['slack_file'])['id'])
  if (file === undefined) return <p class="block-context">{about}</p>
  const address = `/files/${encodeURIComponent(file)}?as=${encodeURIComponent(known.you)}`
  return (
    <a class="block-picture" href={address} target="_blank" rel="noreferrer">
      <img src={address} alt={about} title={about} />
    </a>
  )
}
