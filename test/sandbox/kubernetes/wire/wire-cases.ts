import type { WireCase } from './wire-case.ts'
import { deniedCases } from './denial-cases.ts'
import { logCases } from './log-cases.ts'
import { patchCases } from './patch-cases.ts'
import { patchedCases } from './patched-cases.ts'
import { readCases } from './read-cases.ts'
import { scaleCases } from './scale-cases.ts'
import { validationCases } from './validation-cases.ts'
import { writeCases } from './write-cases.ts'

export const wireCases: Readonly<Record<string, readonly WireCase[]>> = {
  patches: patchCases,
  'patched objects': patchedCases,
  validation: validationCases,
  scale: scaleCases,
  reads: readCases,
  writes: writeCases,
  denials: deniedCases,
  logs: logCases,
}
