const label = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?'
const labelShape = new RegExp(`^${label}$`)
const subdomainShape = new RegExp(`^${label}(?:\\.${label})*$`)
const clusterShape = /^[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?$/

/** RFC 1123 label: namespaces, containers. */
export function isLabel(text: string): boolean {
  return labelShape.test(text)
}

/** RFC 1123 subdomain: workloads. */
export function isSubdomain(text: string): boolean {
  return text.length <= 253 && subdomainShape.test(text)
}

/** A cluster's or group's name in readback.yaml. */
export function isClusterName(text: string): boolean {
  return clusterShape.test(text)
}

/** The lower-case spelling, where that would be right: phones write the first letter large. */
export function likeName(text: string, isName: (text: string) => boolean): string | undefined {
  const lower = text.toLowerCase()
  return lower !== text && isName(lower) ? lower : undefined
}
