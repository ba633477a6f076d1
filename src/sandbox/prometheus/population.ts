import { createRandom, nameHash } from '../kubernetes/random.ts'
import type { ClusterSeen, PodSeen } from './cluster-reading.ts'
import { createPodTrack } from './pod-track.ts'
import type { PodFacts, PodTrack } from './pod-track.ts'

/** Everything that lives or lived in a cluster for the last two weeks, and longer than the cluster itself: there was a time before the trial. */
export interface Population {
  observe(seen: ClusterSeen, now: number): void
  pods(): readonly PodTrack[]
  /** Pods that a workload of that key had when the trial began. */
  usual(workload: string): number
}

const dayMs = 86_400_000
export const rememberedMs = 15 * dayMs
/** Pods that came up so soon are taken to have been there before. */
const settlingMs = 10_000
const mostGone = 3_000

export function createPopulation({ seed, openedAt }: { readonly seed: string; readonly openedAt: number }): Population {
  const living = new Map<string, { readonly track: PodTrack; settled: boolean }>()
  let gone: PodTrack[] = []
  const first = new Map<string, number>()

  const kindsOf = (seen: ClusterSeen): void => {
    for (const { kind, metadata, spec, status } of seen.workloads) {
      const key = `${metadata.namespace}/${kind}/${metadata.name}`
      if (!first.has(key)) first.set(key, Math.max(1, spec.replicas ?? status.desiredNumberScheduled))
    }
  }
  const usual = (workload: string): number => first.get(workload) ?? 1
  /** When what runs at the opening was brought in. */
  const broughtIn = (workload: string, times: number): number => {
    const random = createRandom(`${seed} ${workload}`)
    let at = openedAt
    for (let index = 0; index < times; index += 1) at -= Math.floor((1.2 + random.next() * 4) * dayMs)
    return at
  }

  function welcome(pod: PodSeen, now: number): void {
    const { facts } = pod
    const peers = [...living.values()].filter(({ track }) => track.facts.workload === facts.workload).length
    if (now - openedAt > settlingMs || peers >= usual(facts.workload)) {
      const track = createPodTrack(facts, now)
      living.set(facts.uid, { track, settled: true })
      return
    }
    const from = broughtIn(facts.workload, 1)
    living.set(facts.uid, {
      track: inhabitant(facts, { from, share: shareOf(peers, usual(facts.workload)) }),
      settled: false,
    })
    gone.push(...ancestors(facts, peers))
  }

  /** Who stood in its place in the weeks before. */
  function ancestors(facts: PodFacts, place: number): readonly PodTrack[] {
    const found: PodTrack[] = []
    for (let times = 1; broughtIn(facts.workload, times) > openedAt - rememberedMs; times += 1) {
      const to = broughtIn(facts.workload, times)
      const track = inhabitant(
        {
          ...facts,
          ...(facts.owner.kind === 'ReplicaSet' ? earlierNames(facts, { times, place }) : {}),
          uid: `${facts.uid}-${times}`,
        },
        { from: broughtIn(facts.workload, times + 1), share: shareOf(place, usual(facts.workload)) },
      )
      track.end(to)
      found.push(track)
    }
    return found
  }

  function follow(
    { track }: { readonly track: PodTrack },
    { seen, now }: { readonly seen: PodSeen; readonly now: number },
  ): void {
    const restarted = (track.restarts.at(now) ?? 0) !== seen.restarts
    if (track.isRunning() && (!seen.running || restarted)) track.crash(now)
    if (seen.running && !track.isRunning()) track.start(now)
    track.restarts.record(now, seen.restarts)
    track.ready.record(now, seen.ready ? 1 : 0)
    track.looping.record(now, seen.looping ? 1 : 0)
  }

  return {
    usual,
    pods: () => [...living.values()].map(({ track }) => track).concat(gone),
    observe: (seen, now) => {
      kindsOf(seen)
      const there = new Set(seen.pods.map(({ facts }) => facts.uid))
      for (const [uid, { track }] of living) {
        if (there.has(uid)) continue
        track.end(now)
        living.delete(uid)
        gone.push(track)
      }
      // A pod is scraped from its binding to a node on.
      for (const pod of seen.pods) if (!living.has(pod.facts.uid) && pod.facts.node !== '') welcome(pod, now)
      for (const pod of seen.pods) {
        const one = living.get(pod.facts.uid)
        if (one === undefined) continue
        one.settled ||= pod.ready || now - openedAt > settlingMs
        if (one.settled) follow(one, { seen: pod, now })
      }
      const serving = new Map<string, PodTrack[]>()
      for (const { track } of living.values())
        if (serves(track, now)) serving.set(track.facts.workload, [...(serving.get(track.facts.workload) ?? []), track])
      for (const { track, settled } of living.values()) {
        const peers = serving.get(track.facts.workload) ?? []
        const place = peers.indexOf(track)
        if (settled) track.carry(now, place < 0 ? 0 : shareOf(place, peers.length))
      }
      gone = gone.filter((track) => (track.to() ?? now) > now - rememberedMs).slice(-mostGone)
    },
  }
}

/** Nothing spreads traffic evenly: pods differ by some per cent, and together they carry all of it. */
function shareOf(place: number, pods: number): number {
  const unevenness = pods > 1 ? 0.14 * Math.cos((2 * Math.PI * place) / pods + 0.4) : 0
  return (1 + unevenness) / pods
}

const serves = (track: PodTrack, now: number): boolean => track.isRunning() && track.ready.at(now) === 1

function inhabitant(facts: PodFacts, { from, share }: { readonly from: number; readonly share: number }): PodTrack {
  const track = createPodTrack(facts, from)
  track.start(from)
  track.carry(from, share)
  track.restarts.record(from, 0)
  track.ready.record(from, 1)
  track.looping.record(from, 0)
  return track
}

function earlierNames(
  { owner, workload }: PodFacts,
  { times, place }: { readonly times: number; readonly place: number },
) {
  const set = `${owner.name.replace(/-[^-]*$/, '')}-${nameHash(`${workload} ${times}`)}`
  const suffix = createRandom(`${workload} ${times} ${place}`).suffix()
  return { name: `${set}-${suffix}`, owner: { kind: owner.kind, name: set } }
}
