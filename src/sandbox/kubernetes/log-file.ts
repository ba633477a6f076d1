import type { Clock } from '../../time/clock.ts'
import type { LogOptions } from './log-options.ts'
import type { OpenStream } from './open-stream.ts'
import { open } from 'node:fs/promises'

const pollMs = 20
const chunkBytes = 64 * 1024

/**
 * A log that is a file on the machine of the simulation, followed as it grows (`kubelab/log-file`). Lines are sent as they stand, without
 * stamps; of the options only `follow` and `tailLines` count, as in the lab cluster.
 */
export async function playLogFile(
  path: string,
  reading: { readonly clock: Clock; readonly options: LogOptions; readonly stream: OpenStream },
) {
  const { clock, options, stream } = reading
  const file = await open(path).catch(() => undefined)
  if (file === undefined) {
    stream.end()
    return
  }
  try {
    const buffer = Buffer.alloc(chunkBytes)
    let position = options.tailLines === undefined ? 0 : await tailStart(file, options.tailLines)
    while (!stream.isClosed()) {
      const { bytesRead } = await file.read(buffer, 0, chunkBytes, position)
      position += bytesRead
      if (bytesRead > 0 && !stream.write(Buffer.from(buffer.subarray(0, bytesRead)))) await stream.drained()
      if (bytesRead === 0 && !options.follow) break
      if (bytesRead === 0) await pause(clock, stream)
    }
    stream.end()
  } finally {
    await file.close()
  }
}

/** Where the last `lines` lines begin. */
async function tailStart(file: Awaited<ReturnType<typeof open>>, lines: number): Promise<number> {
  const { size } = await file.stat()
  const buffer = Buffer.alloc(chunkBytes)
  let left = lines + 1
  for (let end = size; end > 0; end -= chunkBytes) {
    const from = Math.max(0, end - chunkBytes)
    const { bytesRead } = await file.read(buffer, 0, end - from, from)
    for (let index = bytesRead - 1; index >= 0; index -= 1) {
      if (buffer[index] === 10) left -= 1
      if (left === 0) return from + index + 1
    }
  }
  return 0
}

function pause(clock: Clock, stream: OpenStream): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      cancel()
      stay()
      resolve()
    }
    const cancel = clock.after(pollMs, done)
    const stay = stream.onClose(done)
  })
}
