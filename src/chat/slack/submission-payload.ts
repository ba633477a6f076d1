import type { Submission } from '../incoming.ts'
import type { Arrived, Reading } from './payload.ts'
import { z } from 'zod'
import { Clicker, Team, unreadable } from './payload.ts'
import { isOurs, personOf } from './workspace.ts'

const Entered = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
})

const SubmissionPayload = z.object({
  type: z.literal('view_submission'),
  user: Clicker,
  team: Team,
  trigger_id: z.string().nullish(),
  view: z.object({
    id: z.string(),
    hash: z.string(),
    callback_id: z.string(),
    private_metadata: z.string().default(''),
    app_installed_team_id: z.string().nullish(),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), Entered)) }),
  }),
})

/** A form of ours that was sent off; one that another workspace opened is ignored. */
export function readSubmission(body: unknown, { workspace, at }: Arrived): Reading<Submission> {
  const parsed = SubmissionPayload.safeParse(body)
  if (!parsed.success) return unreadable(parsed.error)
  const { user, team, trigger_id, view } = parsed.data
  const installed = view.app_installed_team_id
  if (installed !== undefined && installed !== null && !isOurs(installed, workspace))
    return { ignored: `a form of team ${installed}` }
  return {
    incoming: {
      kind: 'submission',
      // A form sent off again after its errors were shown has the same view, but another trigger.
      key: `submission:${view.id}:${trigger_id ?? view.hash}`,
      person: personOf(user.id, [user.team_id, team?.id], workspace),
      at,
      form: view.callback_id,
      context: view.private_metadata,
      values: valuesOf(view.state.values),
    },
  }
}

function valuesOf(
  values: Readonly<Record<string, Readonly<Record<string, z.infer<typeof Entered>>>>>,
): Record<string, string> {
  const entries = Object.entries(values).flatMap(([field, controls]) => {
    const [entered] = Object.values(controls)
    const value = entered?.value ?? entered?.selected_option?.value
    return value === undefined || value === null || value === '' ? [] : [[field, value] as const]
  })
  return Object.fromEntries(entries)
}
