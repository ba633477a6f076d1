/** What the gate is asked to let through; the address as it came, not decoded. */
export interface Asked {
  readonly method: string
  readonly url: string
}

const looking = ['GET', 'HEAD', 'OPTIONS']
/** Questions about rights are POSTs that store nothing. */
const reviews =
  /^\/apis\/(authorization|authentication)\.k8s\.io\/v1\/(selfsubjectaccessreviews|selfsubjectrulesreviews|subjectaccessreviews|selfsubjectreviews)$/
/** Ways into a pod or past the API server: what happens there nobody can foresee. */
const ways = /\/(pods|services|nodes)\/[^/]+\/(exec|attach|portforward|proxy)(\/|$)/

/**
 * Whether a request certainly changes nothing. A dry run is told by its query alone, so only PATCH counts as one: a DELETE with a body
 * would take its options from there and forget the query.
 */
export function isHarmless({ method, url }: Asked): boolean {
  const path = pathOf(url)
  if (path === undefined || ways.test(path.name)) return false
  if (looking.includes(method)) return true
  if (method === 'POST') return reviews.test(path.name)
  const dryRuns = path.query.getAll('dryRun')
  return method === 'PATCH' && dryRuns.length === 1 && dryRuns[0] === 'All'
}

/** Never let through, whatever is allowed. */
export function isWayIn({ url }: Pick<Asked, 'url'>): boolean {
  const path = pathOf(url)
  return path === undefined || ways.test(path.name)
}

function pathOf(url: string): { readonly name: string; readonly query: URLSearchParams } | undefined {
  // An address with a host in it would be read another way by the server behind.
  if (!/^\/(?!\/)/.test(url)) return undefined
  try {
    const { pathname, searchParams } = new URL(url, 'http://gate')
    return { name: decodeURIComponent(pathname), query: searchParams }
  } catch {
    return undefined
  }
}
