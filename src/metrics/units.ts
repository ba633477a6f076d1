import type { Unit } from './series.ts'

/** How numbers of one size are written: the value is divided by `by`, then `unit` stands after it. */
export interface Scale {
  readonly by: number
  /** Empty for bare numbers. */
  readonly unit: string
}

const binary = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const
const decimal = ['', 'k', 'M', 'G', 'T'] as const
/** Above it a power of ten says more than a letter. */
const beyondNames = 1e15

/** The largest step of `base` that keeps the value at 1 or more. */
function magnitude(value: number, base: number, steps: number): number {
  let power = 0
  while (power < steps - 1 && Math.abs(value) >= base ** (power + 1)) power++
  return power
}

/** Which scale suits a value; an axis takes that of its largest one, so that all its ticks share a unit. */
export function scaleFor(value: number, unit: Unit): Scale {
  switch (unit) {
    case 'cores':
      return value !== 0 && Math.abs(value) < 1 ? { by: 0.001, unit: 'm' } : { by: 1, unit: '' }
    case 'bytes':
    case 'bytes_per_second': {
      const power = magnitude(value, 1024, binary.length)
      return { by: 1024 ** power, unit: `${binary[power] ?? ''}${unit === 'bytes' ? '' : '/s'}` }
    }
    case 'per_second': {
      const power = magnitude(value, 1000, decimal.length)
      return { by: 1000 ** power, unit: `${decimal[power] ?? ''}/s` }
    }
    case 'seconds':
      if (Math.abs(value) >= 120) return { by: 60, unit: 'min' }
      if (Math.abs(value) >= 1 || value === 0) return { by: 1, unit: 's' }
      return Math.abs(value) >= 0.001 ? { by: 0.001, unit: 'ms' } : { by: 0.000001, unit: 'µs' }
    case 'ratio':
      return { by: 0.01, unit: '%' }
    case 'count':
    case 'plain': {
      const power = magnitude(value, 1000, decimal.length)
      const bare = Math.abs(value) < 10_000 || Math.abs(value) >= beyondNames
      return bare ? { by: 1, unit: '' } : { by: 1000 ** power, unit: decimal[power] ?? '' }
    }
  }
}

/** Three digits that matter, no more: `0.123`, `12.3`, `1230`; what is not 0 is never written as 0. */
export function digits(value: number): string {
  const size = Math.abs(value)
  if (size >= 1_000_000) return value.toExponential(1)
  if (size >= 100 || value === 0) return String(Math.round(value))
  if (size < 0.001) return value.toExponential(1)
  return String(Number(value.toPrecision(3)))
}

/** CPU as Kubernetes writes it: `250m` below one core, `1.5` from there on. */
export function quantity(cores: number): string {
  const { by, unit } = scaleFor(cores, 'cores')
  return `${digits(cores / by)}${unit}`
}

/** A value for people, e.g. `512 MiB`, `12.3 /s`, `250m`, `1.5 cores`. `cores` is the reader's word for so much CPU. */
export function formatValue(value: number, unit: Unit, words: { readonly cores: (count: number) => string }): string {
  const scale = scaleFor(value, unit)
  if (unit === 'cores') return scale.unit === 'm' ? quantity(value) : `${quantity(value)} ${words.cores(value)}`
  const number = digits(value / scale.by)
  return scale.unit === '' ? number : `${number} ${scale.unit}`
}
