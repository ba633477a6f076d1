import type { Sentences } from '../../problem.ts'

export const problems: Sentences = {}
