import type { UserId } from '../../src/chat/identity.ts'
import type { Authority } from '../../src/operations/ports.ts'
import { approvalsFor, approvers } from './errands.ts'

const rule = { name: 'developer', file: 'policies/roles.yaml', line: 9 }
/** How long approvals are waited for here. */
const expiresMs = 20_000
const role = 'sre'

/** Who holds which role outlives every process, and so does what the policy asks for. */
export function createOffice() {
  const holders = new Set<UserId>(approvers)
  const authority: Authority = {
    decide: async (_, { name = '', action }) => {
      const count = action === 'cancel' ? 0 : (approvalsFor[name] ?? 0)
      if (count === 0) return { verdict: 'allow', rule, assumed: [] }
      const requirement = { names: ['change'], seats: [{ role, count }], expiresMs }
      return { verdict: 'approval', rule, guards: [], requirement, assumed: [] }
    },
    holds: async ({ user }) => ({ roles: holders.has(user) ? [role] : [], unchecked: [] }),
    boundTo: () => ({ users: [...holders], groups: [] }),
  }
  return { authority, leave: (user: UserId): void => void holders.delete(user) }
}
