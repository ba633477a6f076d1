const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`

/** The one card in which many wait for a crowded channel. */
export const digest = {
  title: (waiting: number) => `${count(waiting, 'message waits', 'messages wait')} for this channel`,
  why: 'More came at once than a channel takes (one a second). Nothing is lost: each gets a message of its own, worst first.',
  oldest: 'The oldest has waited since ',
  inThread: (n: number) => `${n} more in the thread.`,
  over: 'Every message that waited is now in this channel',
  overAfter: (duration: string) => `The longest waited ${duration}.`,
  page: (page: number) => `Waiting, page ${page}`,
  pageOver: 'Everything listed here now has a message of its own.',
}
