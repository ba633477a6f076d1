import type { AlertGroup } from '../alerts/group.ts'
import { safeUrl } from '../alerts/safe-url.ts'
import type { Button, Part } from '../chat/message.ts'
import { typedTarget } from '../clusters/names.ts'
import type { Texts } from './texts/en.ts'

/** What can be done about a group. Those about a workload are the orders that one would type, and only there where the workload is known. */
export function alertButtons(group: AlertGroup, texts: Texts): Part[] {
  const buttons = [...aboutAlert(group, texts), ...aboutWorkload(group, texts), ...runbook(group, texts)]
  return buttons.length === 0 ? [] : [{ kind: 'buttons', buttons }]
}

function aboutAlert(
  { id, state, acknowledged, silence, source }: AlertGroup,
  { alerts: { buttons } }: Texts,
): Button[] {
  if (state === 'resolved') return silence ? [{ action: 'alert.unsilence', value: id, label: buttons.unsilence }] : []
  const ack: Button = acknowledged
    ? { action: 'alert.unack', value: id, label: buttons.unack }
    : { action: 'alert.ack', value: id, label: buttons.ack, style: 'primary' }
  // The bot's own alerts are in no Alertmanager.
  if (source === 'readback') return [ack]
  return [
    ack,
    silence
      ? { action: 'alert.unsilence', value: id, label: buttons.unsilence }
      : { action: 'alert.silence', value: id, label: buttons.silence },
  ]
}

function aboutWorkload({ id, workload, state }: AlertGroup, { alerts: words }: Texts): Button[] {
  if (!workload) return []
  const { buttons, again } = words
  const target = typedTarget(workload)
  const where = `${workload.cluster}:${workload.namespace}/${workload.name}`
  const look: Button[] = [
    { action: 'read.logs', value: target, label: buttons.logs },
    { action: 'order.retype', value: `metrics ${target}`, label: buttons.metrics },
  ]
  if (state === 'resolved') return look
  const confirm = (title: string) => ({ title, text: again.text(where), yes: again.yes, no: again.no })
  return [
    ...look,
    {
      action: 'order.retype',
      value: `restart ${target}`,
      label: buttons.restart,
      confirm: confirm(again.restart(workload.name)),
    },
    { action: 'alert.scale', value: id, label: buttons.scale },
    {
      action: 'order.retype',
      value: `rollback ${target}`,
      label: buttons.rollback,
      style: 'danger',
      confirm: confirm(again.rollback(workload.name)),
    },
  ]
}

/** Opens a page that the alert's author named; the label says where it leads. */
function runbook(group: AlertGroup, { alerts: { buttons } }: Texts): Button[] {
  const annotations = group.members.find(({ details }) => details)?.details?.annotations ?? {}
  const url = safeUrl(annotations['runbook_url'] ?? annotations['runbook'])
  if (url === undefined) return []
  return [{ action: 'alert.runbook', value: group.id, label: buttons.runbook(new URL(url).host), url }]
}
