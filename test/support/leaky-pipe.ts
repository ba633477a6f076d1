import { createServer, connect } from 'node:net'
import type { Socket } from 'node:net'
import { once } from 'node:events'

/** A way to a server that can be cut, and closed for a while: a load balancer that moves, an API server that restarts. */
export interface LeakyPipe {
  readonly port: number
  /** Resets this many of the connections that stand, the oldest first; all unless told. */
  cut(most?: number): number
  /** Resets everything, and refuses what comes until `open`. */
  shut(): Promise<void>
  open(): Promise<void>
  close(): Promise<void>
}

export async function aLeakyPipe(to: { readonly host: string; readonly port: number }): Promise<LeakyPipe> {
  const standing = new Set<Socket>()
  const accept = (near: Socket): void => {
    const far = connect(to.port, to.host)
    standing.add(near)
    const end = (): void => {
      standing.delete(near)
      near.destroy()
      far.destroy()
    }
    for (const side of [near, far]) side.on('error', end).on('close', end)
    near.pipe(far)
    far.pipe(near)
  }
  const cut = (most = Infinity): number => {
    const chosen = [...standing].slice(0, most)
    for (const socket of chosen) socket.resetAndDestroy()
    return chosen.length
  }
  let server = createServer(accept)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const shut = async (): Promise<void> => {
    const closed = once(server, 'close')
    server.close()
    cut()
    await closed
  }
  return {
    port,
    cut,
    shut,
    open: async () => {
      server = createServer(accept)
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
    },
    close: () => (server.listening ? shut() : Promise.resolve()),
  }
}
