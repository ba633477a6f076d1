import type { Field, Form } from '../chat/message.ts'
import type { FormName } from '../command-line/context.ts'
import type { Texts } from './texts/en.ts'

/** A form for an order, its target chosen from what is live (or typed, where nothing answered). */
export function orderForm(
  asked: {
    readonly verb: FormName
    readonly prefill: Readonly<Record<string, string>>
    readonly choices: {
      readonly targets: readonly { readonly label: string; readonly value: string }[]
      readonly images: readonly string[]
    }
    readonly context: string
  },
  { forms }: Texts,
): Form {
  const { verb, prefill, choices, context } = asked
  const initial = (name: string) => (prefill[name] === undefined ? {} : { initial: prefill[name] })
  const chosen = choices.targets.some(({ value }) => value === prefill['target']) ? initial('target') : {}
  const target: Field =
    choices.targets.length > 0 && !isElsewhere(prefill['target'], choices.targets)
      ? { kind: 'choice', name: 'target', label: forms.target, options: choices.targets, ...chosen }
      : {
          kind: 'text',
          name: 'target',
          label: forms.target,
          placeholder: 'prod:shop/web',
          hint: forms.targetTyped,
          ...initial('target'),
        }
  const own: Record<FormName, readonly Field[]> = {
    deploy: [
      {
        kind: 'text',
        name: 'image',
        label: forms.image,
        placeholder: '1.5.0',
        hint: forms.imageHint(choices.images.slice(0, 5)),
        ...initial('image'),
      },
    ],
    scale: [
      {
        kind: 'text',
        name: 'replicas',
        label: forms.replicas,
        placeholder: '5',
        hint: forms.replicasHint,
        ...initial('replicas'),
      },
    ],
    rollback: [
      {
        kind: 'text',
        name: 'toRevision',
        label: forms.revision,
        optional: true,
        hint: forms.revisionHint,
        ...initial('toRevision'),
      },
    ],
  }
  return {
    form: `order.${verb}`,
    title: forms.title[verb],
    submit: forms.submit,
    cancel: forms.cancel,
    context,
    fields: [
      target,
      ...own[verb],
      { kind: 'text', name: 'reason', label: forms.reason, optional: true, ...initial('reason') },
    ],
  }
}

/** A whole target, as a button types it, that is not among those that are offered here: another channel's cluster, or one that did not answer. */
const isElsewhere = (typed: string | undefined, offered: readonly { readonly value: string }[]): boolean =>
  typed !== undefined && /^[^:]+:[^/]+\/[^/]+\/.+$/.test(typed) && offered.every(({ value }) => value !== typed)

/** Why not: one rejection ends the order, so it says why. `id` is the operation's. */
export function rejectForm(id: string, context: string, { operation: { rejectForm: words } }: Texts): Form {
  return {
    form: 'operation.reject',
    title: words.title(id),
    submit: words.submit,
    cancel: words.cancel,
    context,
    fields: [
      { kind: 'words', text: [words.words] },
      { kind: 'text', name: 'reason', label: words.reason, multiline: true },
    ],
  }
}
