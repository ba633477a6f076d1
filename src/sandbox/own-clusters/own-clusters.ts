import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Clock } from '../../time/clock.ts'
import { createLink, type Link } from '../../clusters/direct/link.ts'
import { loadKubeconfig } from '../../clusters/direct/kubeconfig.ts'
import { defaultLimits, type Environment } from '../../clusters/direct/settings.ts'
import type { TrialCluster } from '../trial-cluster.ts'
import { createGate, type Gate } from './gate.ts'
import { createSurvey } from './survey.ts'

/** One of the visitor's clusters behind its gate. */
export interface OwnCluster extends TrialCluster {
  readonly url: string
  readonly token: string
  allowChanges(on: 'on' | 'off'): void
}

const Contexts = z.object({ contexts: z.array(z.object({ name: z.string() })).min(1) })
/** Production, so that every change is asked back, whatever it really is. */
const environment = 'production'

/** The contexts of that file, each behind a shut gate. Throws in words where the file is none. */
export async function openOwnClusters(
  file: string,
  { clock, environment }: { readonly clock: Clock; readonly environment: Environment },
): Promise<readonly OwnCluster[]> {
  const parsed = Contexts.safeParse(await documentOf(file))
  if (!parsed.success) throw new Error(`--kubeconfig ${file}: there are no contexts in it`)
  const taken = new Set<string>()
  const clusters: OwnCluster[] = []
  for (const { name: context } of parsed.data.contexts) {
    const name = clusterNameOf(context, taken)
    taken.add(name)
    const connection = await loadKubeconfig([file], context)
    const link = createLink(connection, { clock, environment, limits: defaultLimits })
    clusters.push(ownCluster({ name, server: connection.server, gate: await createGate(name, link), link, clock }))
  }
  return clusters
}

const faults: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'that is a folder',
  EACCES: 'it may not be read',
}

async function documentOf(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new Error(`--kubeconfig ${file}: ${faults[code] ?? code}`, { cause: error })
  })
  try {
    return parse(text)
  } catch (error) {
    throw new Error(`--kubeconfig ${file}: that is no YAML`, { cause: error })
  }
}

interface OwnParts {
  readonly name: string
  readonly server: string
  readonly gate: Gate
  readonly link: Link
  readonly clock: Clock
}

function ownCluster({ name, server, gate, link, clock }: OwnParts): OwnCluster {
  const listeners = new Set<() => void>()
  const changed = (): void => {
    for (const listener of listeners) listener()
  }
  const survey = createSurvey(link, { clock, onChange: changed })
  return {
    name,
    environment,
    url: gate.url,
    token: gate.token,
    workloads: survey.workloads,
    look: () => ({
      name,
      environment,
      version: survey.version(),
      state: survey.answers() ? 'up' : 'down',
      tokenExpired: false,
      changesAllowed: gate.changesAllowed(),
      server,
      workloads: [],
    }),
    onChange: (listener) => {
      listeners.add(listener)
    },
    allowChanges: (on) => {
      gate.allowChanges(on)
      changed()
    },
    close: () => {
      survey.close()
      return gate.close()
    },
  }
}

/** A context may be called anything; a cluster of ours is spoken and typed. */
export function clusterNameOf(context: string, taken: ReadonlySet<string>): string {
  const plain =
    context
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(-40)
      .replaceAll(/^-+|-+$/g, '') || 'cluster'
  if (!taken.has(plain)) return plain
  let number = 2
  while (taken.has(`${plain}-${number}`)) number += 1
  return `${plain}-${number}`
}
