import type { WorkloadRef } from '../clusters/names.ts'
import type { JsonObject } from '../json.ts'
import { normalRepository, parseImage } from './image.ts'
import type { PlanProblem } from './plan.ts'
import { textAt } from './pointer.ts'
import { spelled } from './target.ts'
import { containersOf } from './template.ts'
import type { TemplateContainer } from './template.ts'

export type Chosen =
  | { readonly ok: true; readonly containers: readonly TemplateContainer[] }
  | { readonly ok: false; readonly problem: PlanProblem }

const repositoryOf = ({ image }: TemplateContainer): string => {
  const parsed = parseImage(image)
  return parsed.ok ? normalRepository(parsed.value.repository) : image
}

/** Which containers an image is meant for: the named one, else the only one, else the annotated one, else a question. */
export function chooseContainers(template: JsonObject, wanted: string | undefined, target: WorkloadRef): Chosen {
  const every = containersOf(template)
  const named = every.find(({ name }) => name === wanted)
  if (named) return { ok: true, containers: [named] }
  if (wanted !== undefined && wanted !== 'all') {
    const containers = every.map(({ name }) => name)
    return {
      ok: false,
      problem: { code: 'plan_no_such_container', target: spelled(target), container: wanted, containers },
    }
  }

  const main = every.filter(({ role }) => role === 'main')
  const usual = textAt(template, '/metadata/annotations/kubectl.kubernetes.io~1default-container')
  const oneRepository = new Set(main.map(repositoryOf)).size === 1
  const chosen =
    main.length === 1 || (oneRepository && wanted === 'all') ? main[0] : main.find(({ name }) => name === usual)
  if (!chosen) return ask(main, { target, all: oneRepository })

  const sharing = every.filter((container) => repositoryOf(container) === repositoryOf(chosen))
  return wanted === 'all' || sharing.length === 1
    ? { ok: true, containers: sharing }
    : ask(sharing, { target, all: true })
}

function ask(
  containers: readonly TemplateContainer[],
  { target, all }: { readonly target: WorkloadRef; readonly all: boolean },
): Chosen {
  const choices = containers.map(({ name, image }) => ({ name, image }))
  return { ok: false, problem: { code: 'plan_which_container', target: spelled(target), containers: choices, all } }
}
