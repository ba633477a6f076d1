import { chooseContainers } from './containers.ts'
import type { Drafted, Scene } from './draft.ts'
import { parseImage, parseImageArgument, spellImage } from './image.ts'
import type { ImageArgument, Parsed } from './image.ts'
import type { Order } from './plan.ts'
import { spelled, workloadObject } from './target.ts'
import { templateOf, templatePath } from './template.ts'
import { movableTags, templateWarnings } from './warnings.ts'

type Deploy = Extract<Order, { action: 'deploy' }>

/** Only the image of the chosen containers; everything else stays. */
export function draftDeploy({ workload, ...scene }: Scene, order: Deploy): Drafted {
  const target = spelled(order.target)
  if (workload.deleting) return { code: 'plan_cannot', action: 'deploy', kind: workload.kind, target, why: 'deleting' }
  const argument = parseImageArgument(order.image)
  if (!argument.ok) return { code: 'plan_bad_image', image: order.image, why: argument.fault }
  const template = templateOf(workload.object)
  const chosen = chooseContainers(template, order.container, order.target)
  if (!chosen.ok) return chosen.problem

  const changes = []
  for (const container of chosen.containers) {
    const image = imageFor(container.image, argument.value)
    if (!image.ok) return { code: 'plan_bad_image', image: container.image, why: image.fault }
    if (image.value !== container.image) changes.push({ container, image: image.value })
  }
  if (changes.length === 0) {
    const images = chosen.containers.map(({ image }) => image)
    return { code: 'plan_nothing_to_change', target, what: [...new Set(images)].join(', ') }
  }

  const images = [...new Set(changes.map(({ image }) => image))]
  const containers = changes.map(({ container }) => container)
  const paths = containers.map(({ path }) => path)
  return {
    object: workloadObject(workload),
    uid: workload.uid,
    live: workload.object,
    rests: [{ path: templatePath, value: template }],
    besides: null,
    patch: changes.map(({ container, image }) => ({ op: 'replace', path: `${container.path}/image`, value: image })),
    effect: {
      kind: 'images',
      images: changes.map(({ container, image }) => ({
        container: container.name,
        before: container.image,
        after: image,
      })),
    },
    back: {
      action: 'rollback',
      restore: containers.map(({ path, image }) => ({ path: `${path}/image`, value: image })),
      anchors: paths.map((path) => `${path}/name`),
    },
    warnings: [...templateWarnings({ workload, ...scene }, containers), ...movableTags(images)],
    contested: workload.owners.length > 0,
    rollsOut: true,
  }
}

/** A tag or digest keeps the repository as the container writes it; the old tag goes, or a digest would stand beside a tag that lies. */
function imageFor(present: string, argument: ImageArgument): Parsed<string> {
  if (argument.kind === 'reference') return { ok: true, value: spellImage(argument.reference) }
  const parsed = parseImage(present)
  if (!parsed.ok) return parsed
  const { repository } = parsed.value
  const version = argument.kind === 'tag' ? { tag: argument.tag } : { digest: argument.digest }
  return { ok: true, value: spellImage({ repository, ...version }) }
}
