import { expect, test } from 'vitest'
import { ChatError } from '../../src/chat/chat.ts'
import { TeamId, UserId } from '../../src/chat/identity.ts'
import type { People, Profile } from '../../src/chat/identity.ts'
import { hear } from '../../src/reception/speaker.ts'

const ours = TeamId.parse('T0SHOP')
const theirs = TeamId.parse('T0SUPPLIER')
const ann = UserId.parse('U0ANN')
const bindings = { groups: () => [], bindsUser: () => true }

/** What the chat says of `U0ANN`, asked as one of ours and as one of theirs. */
const peopleWhere = (here: Profile['standing'] | 'nobody'): People => ({
  profile: async (person) => {
    if (person.team !== ours) return { person, standing: 'stranger' }
    if (here !== 'nobody') return { person, standing: here }
    throw new ChatError({ code: 'chat_refused', method: 'users.info', reason: 'user_not_found' })
  },
  members: async (group) => ({ group, members: [], asOf: 0 }),
})

test('somebody of another company who carries the id of one of ours does not get their roles', async () => {
  const heard = await hear({ team: theirs, user: ann }, { team: ours, bindings, people: peopleWhere('member') })
  expect(heard).toMatchObject({ ok: false, problem: { code: 'person_refused', standing: 'stranger' } })
})

test('somebody of another company whom the policy names is heard', async () => {
  for (const here of ['stranger', 'nobody'] as const) {
    const heard = await hear({ team: theirs, user: ann }, { team: ours, bindings, people: peopleWhere(here) })
    expect(heard.ok).toBe(true)
  }
})
