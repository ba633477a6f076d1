import type { HookAnswer } from './hooks.ts'
import type { World } from './world/world.ts'

const keptBytes = 64 * 1_048_576

/** The bytes of an announced file arrive; the oldest files lose theirs once all together are too large. */
export function receiveUpload(ticket: string, content: Buffer, world: World): HookAnswer {
  const file = world.state.files.find((one) => one.ticket === ticket)
  if (file === undefined || file.state === 'complete') return { status: 404, text: 'no_such_upload' }
  if (content.length !== file.size) return { status: 400, text: 'length_mismatch' }
  file.content = content.toString('base64')
  file.state = 'uploaded'
  let kept = 0
  for (const one of [...world.state.files].reverse()) {
    kept += one.content?.length ?? 0
    if (kept > keptBytes && one !== file) delete one.content
  }
  return { status: 200, text: `OK - ${content.length}` }
}
