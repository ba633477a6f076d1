const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`

/** The one card in which many wait for a crowded channel. */
export const digest = {
  title: (waiting: number) => `${count(waiting, 'message waits', 'messages wait')} for this channel`,
  why: 'More came at once than a channel takes (one a second). Nothing is lost: each gets a message of its own, worst first.',
  oldest: 'The oldest waits since ',
  inThread: (n: number) => `${count(n, 'more stands', 'more stand')} in the thread.`,
  over: 'Every message that waited stands in this channel now',
  overAfter: (duration: string) => `The longest waited ${duration}.`,
  page: (page: number) => `Waiting, page ${page}`,
  pageOver: 'What stood here has messages of its own now.',
}
