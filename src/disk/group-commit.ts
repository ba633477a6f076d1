/**
 * Many writers, one flush: while a flush is under way others wait, and the next flush takes all of them.
 * The caller's `flush` gets the items in the order they were submitted and answers each.
 */
export interface GroupCommit<Item, Answer> {
  /** Resolves once the flush that carried the item is done; rejects with what that flush threw. */
  submit(item: Item): Promise<Answer>
  /** Runs alone, between two flushes. */
  between<Result>(task: () => Promise<Result>): Promise<Result>
  /** Resolves when everything submitted so far has been answered. */
  idle(): Promise<void>
}

interface Waiting<Item, Answer> {
  readonly item: Item
  readonly weight: number
  readonly resolve: (answer: Answer) => void
  readonly reject: (reason: unknown) => void
}

export interface GroupCommitOptions<Item, Answer> {
  /** Answers in the order of the items. A throw rejects these items only; the ones after them are tried anew. */
  readonly flush: (items: readonly Item[]) => Promise<readonly Answer[]>
  /** How much of `limit` an item takes. */
  readonly weight: (item: Item) => number
  /** Most weight in one flush; a heavier item goes alone. */
  readonly limit: number
  /** Most items that may wait; one more is rejected with what this returns. */
  readonly full: { readonly at: number; readonly error: () => Error }
}

export function createGroupCommit<Item, Answer>(options: GroupCommitOptions<Item, Answer>): GroupCommit<Item, Answer> {
  const { flush, weight, limit, full } = options
  let queue: Waiting<Item, Answer>[] = []
  let start = 0
  let waitingTasks: (() => Promise<void>)[] = []
  let running: Promise<void> | undefined

  const take = (): readonly Waiting<Item, Answer>[] => {
    let end = start
    let sum = 0
    for (let next = queue[end]; next !== undefined; next = queue[end]) {
      sum += next.weight
      if (sum > limit && end > start) break
      end += 1
    }
    const taken = queue.slice(start, end)
    start = end
    if (start === queue.length) {
      queue = []
      start = 0
    }
    return taken
  }

  const flushOnce = async (batch: readonly Waiting<Item, Answer>[]) => {
    try {
      const answers = await flush(batch.map((waiting) => waiting.item))
      batch.forEach((waiting, index) => {
        const answer = answers[index]
        if (answer === undefined) waiting.reject(new RangeError('a flush left an item without an answer'))
        else waiting.resolve(answer)
      })
    } catch (error) {
      for (const waiting of batch) waiting.reject(error)
    }
  }

  const run = async () => {
    while (queue.length > start || waitingTasks.length > 0) {
      const tasks = waitingTasks
      waitingTasks = []
      for (const task of tasks) await task()
      if (queue.length > start) await flushOnce(take())
      // Writers just answered often write again at once: let them join the next flush.
      await new Promise<void>((resolve) => process.nextTick(resolve))
    }
    running = undefined
  }

  const wake = () => {
    running ??= new Promise<void>((resolve) => process.nextTick(resolve)).then(run)
  }

  return {
    submit: (item) =>
      new Promise<Answer>((resolve, reject) => {
        if (queue.length - start >= full.at) {
          reject(full.error())
          return
        }
        queue.push({ item, weight: weight(item), resolve, reject })
        wake()
      }),
    between: (task) =>
      new Promise((resolve, reject) => {
        waitingTasks.push(() => task().then(resolve, reject))
        wake()
      }),
    idle: () => running ?? Promise.resolve(),
  }
}
