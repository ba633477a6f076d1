import { execFile } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'

const usual = fileURLToPath(new URL('../../../shared/kubelab/kubelab', import.meta.url))

/** The tool that has real clusters and what observes them; undefined where it is not there. `KUBELAB` names another one. */
export const kubelab = [process.env['KUBELAB'] ?? usual].find((file) => existsSync(file))

/** Where its Prometheus listens, known before it runs: the bot's configuration names it. */
export const observer = new URL(process.env['KUBELAB_PROMETHEUS'] ?? 'http://127.0.0.1:19090')

const kinds = ['prometheus', 'alertmanager'] as const

/** A real Prometheus and Alertmanager over the clusters of `kubeconfig`, which post to that webhook; they end with the test. */
export async function observe(
  tool: string,
  { kubeconfig, webhook, token }: { readonly kubeconfig: string; readonly webhook: string; readonly token: string },
): Promise<{ readonly prometheus: string }> {
  const home = dirname(kubeconfig)
  const pidFile = (kind: string): string => join(home, `${kind}.pid`)
  const stop = (): void => {
    for (const kind of kinds) {
      if (!existsSync(pidFile(kind))) continue
      end(Number(readFileSync(pidFile(kind), 'utf8')))
      rmSync(pidFile(kind))
    }
  }
  onTestFinished(stop)
  const { stdout } = await promisify(execFile)(tool, ['observe', webhook, token], {
    env: { ...process.env, KUBELAB_HOME: home },
  })
  const prometheus = /PROMETHEUS_URL=(\S+)/.exec(stdout)?.[1]
  const away = kinds.filter((kind) => !lives(Number(readFileSync(pidFile(kind), 'utf8'))))
  if (prometheus === undefined || away.length > 0)
    throw new Error(`${away.join(', ')} did not start: does another one listen on its port?\n${stdout}`)
  return { prometheus }
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function end(pid: number): void {
  if (lives(pid)) process.kill(pid, 'SIGTERM')
}
