import type { Caller } from '../cluster.ts'
import type { ActingAs } from './connection.ts'

/** Impersonation headers; a group is a header line of its own, because the server never splits one. */
export type CallerHeaders = Readonly<Record<string, string | readonly string[]>>

/**
 * As whom a request goes. A person takes the place of whatever the kubeconfig acts as. Throws for `system:` names and empty
 * ones: those belong to the cluster itself, and nobody in a chat is the cluster.
 */
export function callerHeaders(caller: Caller, as: ActingAs | undefined): CallerHeaders {
  if (caller !== 'bot') {
    for (const name of [caller.user, ...caller.groups]) refuse(name)
    return headersOf({ ...caller, extra: {} })
  }
  return as ? headersOf(as) : {}
}

function refuse(name: string): void {
  if (name.trim() === '' || name.toLowerCase().startsWith('system:')) throw new Error(`refused to act as "${name}"`)
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(name)) throw new Error('refused to act as a name with control characters')
}

function headersOf({ user, groups, uid, extra }: Omit<ActingAs, 'uid'> & { readonly uid?: string }): CallerHeaders {
  const extras = Object.entries(extra).map(([key, values]) => [
    `impersonate-extra-${encodeURIComponent(key.toLowerCase())}`,
    values.map(onWire),
  ])
  return {
    'impersonate-user': onWire(user),
    ...(groups.length > 0 && { 'impersonate-group': groups.map(onWire) }),
    ...(uid !== undefined && { 'impersonate-uid': onWire(uid) }),
    ...Object.fromEntries(extras),
  }
}

/** undici writes header values as Latin-1; Go reads the bytes as UTF-8. */
function onWire(value: string): string {
  return Buffer.from(value, 'utf8').toString('latin1')
}
