const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}

/** A Kubernetes quantity (`500m`, `1.5Gi`, `2e3`) in its base unit; 0 for what is none. */
export function parseQuantity(source: string): number {
  const [, number, suffix = ''] = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([numkMGTPE]i?|Ki)?$/.exec(source.trim()) ?? []
  return number === undefined ? 0 : Number(number) * (factors[suffix] ?? 0)
}

/** As messages print it: cores in millicores where they are fractions, bytes in Mi where they are whole. */
export function formatQuantity(name: string, amount: number): string {
  if (name.endsWith('memory') && amount % mebibyte === 0 && amount > 0) return `${amount / mebibyte}Mi`
  return Number.isInteger(amount) ? String(amount) : `${Math.round(amount * 1000)}m`
}

const mebibyte = 2 ** 20
