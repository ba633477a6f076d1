/**
 * Single items from batches, without the price of an async generator per item: what has come is handed out at once, and
 * the next batch is asked for only when the last one is used up.
 */
export function flatten<Item extends object>(batches: AsyncGenerator<readonly Item[]>): AsyncIterableIterator<Item> {
  type Result = IteratorResult<Item, undefined>
  let batch: readonly Item[] = []
  let index = 0
  let asked: Promise<Result> | undefined

  const more = async (): Promise<Result> => {
    for (;;) {
      const value = batch[index]
      if (value !== undefined) {
        index += 1
        return { done: false, value }
      }
      const next = await batches.next()
      if (next.done) return { done: true, value: undefined }
      batch = next.value
      index = 0
    }
  }
  return {
    next: () => {
      const value = asked === undefined ? batch[index] : undefined
      if (value !== undefined) {
        index += 1
        return Promise.resolve({ done: false, value })
      }
      // Askers that do not wait for one another are served in turn.
      const mine: Promise<Result> = (asked === undefined ? more() : asked.then(more, more)).finally(() => {
        if (asked === mine) asked = undefined
      })
      asked = mine
      return mine
    },
    return: async () => {
      batch = []
      await batches.return(undefined)
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
