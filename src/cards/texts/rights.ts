import type { Right } from '../../cli/checks/rights.ts'

/** `list nodes; get, list, watch deployments.apps`. */
export function describeRights(rights: readonly Right[]): string {
  const verbs = new Map<string, string[]>()
  for (const { verb, group, resource, name } of rights) {
    const on = `${resource}${group === '' ? '' : `.${group}`}${name === undefined ? '' : ` ${name}`}`
    verbs.set(on, [...(verbs.get(on) ?? []), verb])
  }
  return [...verbs].map(([on, each]) => `${each.join(', ')} ${on}`).join('; ')
}
