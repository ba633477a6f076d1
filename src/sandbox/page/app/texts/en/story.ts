import type { SceneId, StepId } from '../../../protocol.ts'

/** What to do in a scene, and what its button says where it makes something happen. */
export interface SceneWords {
  readonly about: string
  readonly press?: string
}

export interface StoryWords {
  readonly guide: string
  readonly open: string
  readonly away: string
  readonly progress: (done: number, all: number) => string
  readonly become: (name: string) => string
  readonly as: (name: string) => string
  readonly end: readonly [title: string, about: string]
  readonly titles: Readonly<Record<StepId, string>>
  readonly scenes: Readonly<Record<SceneId, SceneWords>>
}

/** The guided first minute. */
export const story: StoryWords = {
  guide: 'Guide',
  open: 'Guide ',
  away: 'Put the guide away',
  progress: (done, all) => `${done} of ${all} done`,
  become: (name) => `Become ${name}`,
  as: (name) => `as ${name}`,
  end: [
    'That was the whole path.',
    'Every order took it: read back, decided by the policy, made once, watched to its end. Now break something in the control room, or look at /metrics web.',
  ],
  titles: {
    deploy: 'Ship to test',
    hang: 'Hang a rollout, take it back',
    ask: 'Ask for production',
    approve: 'Approve as somebody else, then roll back',
    void: 'Change it behind their backs',
    alert: 'Be called, and end it from the thread',
    audit: 'Prove what happened',
  },
  scenes: {
    deploy: {
      about: 'One line in the team channel. The bot reads it back, makes one patch and watches it to the end.',
    },
    hang: { about: 'That image was never pushed. Watch the card: it finds out why it hangs.' },
    hung: { about: 'It hangs, and the card says why. Press Undo on it.' },
    ask: { about: 'A developer may ask, not decide: the policy wants a second pair of eyes.' },
    approve: { about: 'Bo is on call. He sees exactly what would change, and approves that and nothing else.' },
    back: { about: 'And back again: Bo may do that alone, but production asks once more. Confirm on the card.' },
    void_ask: { about: 'Ask for another change of production first.' },
    void_meddle: {
      about: 'While it waits, somebody edits the same object with kubectl.',
      press: 'Edit orders by hand',
    },
    void_approve: { about: 'Now approve it as Bo: what he saw is no longer what would happen, so nothing happens.' },
    alert_break: { about: 'This image starts and crashes, again and again. Ship it to test.' },
    alert_wait: { about: 'It crashes now. In a few seconds the alert is in #alerts.' },
    alert_thread: {
      about:
        'Open the alert’s thread in #alerts: cause, chart, last lines and what changed stand there. Roll back from it; the card resolves itself.',
    },
    audit: { about: 'Who asked, who approved, what came of it: every line holds the hash of the one before.' },
    audit_verify: { about: 'Now let the offline check walk the chain.', press: 'Verify the trail' },
  },
}
