import type { Rich } from '../chat/message.ts'
import type { Effect, Plan } from '../plans/plan.ts'
import type { OperationTexts } from './texts/en/operation.ts'

/** `registry.example/shop/web:1.4.2` and `registry.example/shop/web:1.5.0` as before → after, the shared repository said once. */
function imageChange(before: string, after: string): Rich {
  const repository = (image: string): string => {
    const name = image.split('@')[0] ?? image
    const colon = name.lastIndexOf(':')
    return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name
  }
  const shared = repository(before) === repository(after) && after !== repository(after)
  return [{ code: before }, ' → ', { code: shared ? after.slice(repository(after).length) : after }]
}

const range = ({ min, max }: { readonly min: number; readonly max: number }): string =>
  min === max ? String(min) : `${min}–${max}`

/** What changes, in the terms of the action: one line each, before → after. */
export function effectLines(effect: Effect, texts: OperationTexts): Rich[] {
  switch (effect.kind) {
    case 'images':
      return effect.images.map(({ container, before, after }) => [
        texts.effect.image(container),
        '   ',
        ...imageChange(before, after),
      ])
    case 'replicas':
      return [[texts.effect.replicas, '   ', { code: String(effect.before) }, ' → ', { code: String(effect.after) }]]
    case 'bounds':
      return [
        [
          texts.effect.bounds(effect.autoscaler),
          '   ',
          { code: range(effect.before) },
          ' → ',
          { code: range(effect.after) },
        ],
      ]
    case 'template':
      return templateLines(effect, texts)
    case 'restart':
      return [[texts.effect.restart]]
    case 'paused':
      return [[effect.after ? texts.effect.pause : texts.effect.resume]]
  }
}

function templateLines(effect: Extract<Effect, { kind: 'template' }>, texts: OperationTexts): Rich[] {
  const { fromRevision, toRevision, toCreatedAt } = effect
  const revision: Rich =
    toRevision === undefined
      ? []
      : [
          texts.effect.revision,
          '   ',
          ...(fromRevision === undefined ? [] : [{ code: String(fromRevision) }, ' → ']),
          { code: String(toRevision) },
          ...(toCreatedAt === undefined ? [] : [' · ', { moment: toCreatedAt }]),
        ]
  const images = effect.images.map(({ container, before, after }) => [
    texts.effect.image(container),
    '   ',
    ...imageChange(before, after),
  ])
  return [...(revision.length > 0 ? [revision] : []), ...images]
}

const value = (found: unknown): string => (found === undefined ? '∅' : JSON.stringify(found))

/** Every value that the server would store otherwise. What is too long for a message goes into a file beside it. */
export const differenceText = (plan: Plan): string =>
  plan.differences.map(({ path, before, after }) => `${path}\n  - ${value(before)}\n  + ${value(after)}`).join('\n')
