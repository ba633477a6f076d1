import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Alert, Labels } from '../alert.ts'
import { safeUrl } from '../safe-url.ts'
import type { Read } from './source.ts'

const mostLabels = 40
const longestName = 100
const longestValue = 500
const longestAnnotation = 1_500

/** Annotations that are shown; others are left behind. */
const wanted = [
  'summary',
  'description',
  'message',
  'summaryCn',
  'summary_cn',
  'runbook_url',
  'runbook',
  'dashboard_url',
  'value',
]

/** Some write numbers and booleans where text belongs. */
const Value = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const Values = z.record(z.string(), Value.nullish()).nullish()

/** RFC 3339 to epoch ms; Go's zero time, an absent or unreadable one is 0. */
const Moment = z
  .string()
  .nullish()
  .transform((text) => {
    const at = text === null || text === undefined ? 0 : Date.parse(text)
    return Number.isFinite(at) && at > 0 ? at : 0
  })

/** What all formats that descend from Alertmanager's say of one alert. Only these fields are asked for. */
export const AlertFields = z.object({
  status: z.string().nullish(),
  labels: Values,
  annotations: Values,
  startsAt: Moment,
  endsAt: Moment,
  generatorURL: z.string().nullish(),
  fingerprint: z.string().max(200).nullish(),
})
export type AlertFields = z.output<typeof AlertFields>

/** `volatile`: labels that differ from one notice to the next of the same alert. */
export function toAlert(fields: AlertFields, at: number, volatile: readonly string[] = []): Alert {
  const whole = texts(fields.labels)
  const labels = cut(whole, { most: mostLabels, longest: longestValue })
  const url = safeUrl(fields.generatorURL)
  const over = fields.status === 'resolved' || (fields.status !== 'firing' && fields.endsAt > 0 && fields.endsAt <= at)
  const { fingerprint, startsAt, endsAt } = fields
  return {
    fingerprint:
      fingerprint === null || fingerprint === undefined || fingerprint === '' ? print(whole, volatile) : fingerprint,
    state: over ? 'resolved' : 'firing',
    startsAt,
    ...(over && endsAt > 0 ? { endsAt } : {}),
    labels,
    annotations: cut(pick(texts(fields.annotations)), { most: wanted.length, longest: longestAnnotation }),
    ...(url === undefined ? {} : { generatorUrl: url }),
  }
}

export const toLabels = (values: z.output<typeof Values>): Labels =>
  cut(texts(values), { most: mostLabels, longest: longestValue })
export { Values as LabelFields }

/** Sorted by name, so that the same labels are the same text. */
function texts(values: z.output<typeof Values>): Labels {
  const entries = Object.entries(values ?? {}).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[name, value] as const],
  )
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

const pick = (annotations: Labels): Labels =>
  Object.fromEntries(Object.entries(annotations).filter(([name]) => wanted.includes(name)))

/** Names that every object answers to (`constructor`) are left out: where a label is missing, they would be found all the same. */
const cut = (labels: Labels, { most, longest }: { readonly most: number; readonly longest: number }): Labels =>
  Object.fromEntries(
    Object.entries(labels)
      .filter(([name]) => !(name in Object.prototype))
      .slice(0, most)
      .map(([name, value]) => [
        name.slice(0, longestName),
        value.length > longest ? `${value.slice(0, longest)}…` : value,
      ]),
  )

/** As Alertmanager does: of all labels, whole. */
function print(labels: Labels, volatile: readonly string[]): string {
  const stable = Object.entries(labels).filter(([name]) => !volatile.includes(name))
  return createHash('sha256').update(JSON.stringify(stable)).digest('hex').slice(0, 16)
}

const Version = z.object({ version: z.union([z.string(), z.number()]).transform(String).optional() })

/** Why a body is not of that version; undefined: it is. */
export function versionFault(body: unknown, takes: string): Read | undefined {
  const version = Version.safeParse(body)
  if (!version.success) return misshapen(version.error)
  const found = version.data.version ?? ''
  return found === takes ? undefined : { ok: false, problem: { code: 'webhook_version', found, takes } }
}

/** The first thing that is wrong with a body. */
export function misshapen(error: z.ZodError): Read {
  const issue = error.issues[0]
  const path = (issue?.path ?? []).map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return {
    ok: false,
    problem: { code: 'webhook_shape', path: path.replace(/^\./, '') || '.', detail: issue?.message ?? '' },
  }
}
