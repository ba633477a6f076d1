import { cpu } from './presets/cpu.ts'
import { disk } from './presets/disk.ts'
import { errors } from './presets/errors.ts'
import { latency } from './presets/latency.ts'
import { memory } from './presets/memory.ts'
import { network } from './presets/network.ts'
import { replicas } from './presets/replicas.ts'
import { requests } from './presets/requests.ts'
import { restarts } from './presets/restarts.ts'
import { throttling } from './presets/throttling.ts'
import { volumes } from './presets/volumes.ts'

/** Everything that can be asked by name, in the order of menus. */
export const presets = [
  cpu,
  memory,
  restarts,
  requests,
  errors,
  latency,
  replicas,
  network,
  throttling,
  disk,
  volumes,
] as const

export type AnyPreset = (typeof presets)[number]
export type PresetName = AnyPreset['name']

/** What one picture shows where nothing is named: whether it is well, at a glance. */
export const board: readonly AnyPreset[] = [cpu, memory, restarts, requests, errors, latency]
