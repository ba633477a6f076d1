/** A set kept in order, in blocks, so that adding and removing stay cheap with a hundred thousand members. */
export interface Sorted<Item> {
  add(item: Item): void
  remove(item: Item): void
  /** Members after `start` (all without it), in order. */
  after(start?: Item): Iterable<Item>
  first(): Item | undefined
  readonly size: number
}

const blockSize = 512

/** First index whose member is not before `item`. */
function lowerBound<Item>(items: readonly Item[], isBefore: (member: Item) => boolean): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const member = items[middle]
    if (member !== undefined && isBefore(member)) low = middle + 1
    else high = middle
  }
  return low
}

/** `compare` must tell every two different members apart. */
export function createSorted<Item>(compare: (a: Item, b: Item) => number): Sorted<Item> {
  const blocks: Item[][] = []
  let size = 0

  /** The block that holds `item` or would: the first whose last member is not before it. */
  const blockOf = (item: Item): number =>
    Math.min(
      lowerBound(blocks, (block) => {
        const last = block[block.length - 1]
        return last !== undefined && compare(last, item) < 0
      }),
      Math.max(0, blocks.length - 1),
    )

  return {
    add: (item) => {
      const at = blockOf(item)
      const block = blocks[at]
      if (block === undefined) {
        blocks.push([item])
        size = 1
        return
      }
      const index = lowerBound(block, (member) => compare(member, item) < 0)
      const there = block[index]
      if (there !== undefined && compare(there, item) === 0) return
      block.splice(index, 0, item)
      size += 1
      if (block.length > blockSize) blocks.splice(at + 1, 0, block.splice(blockSize >>> 1))
    },
    remove: (item) => {
      const at = blockOf(item)
      const block = blocks[at]
      if (block === undefined) return
      const index = lowerBound(block, (member) => compare(member, item) < 0)
      const there = block[index]
      if (there === undefined || compare(there, item) !== 0) return
      block.splice(index, 1)
      size -= 1
      if (block.length === 0) blocks.splice(at, 1)
    },
    *after(start) {
      const from = start === undefined ? 0 : blockOf(start)
      for (let at = from; at < blocks.length; at += 1) {
        const block = blocks[at] ?? []
        const index = start === undefined || at > from ? 0 : lowerBound(block, (member) => compare(member, start) <= 0)
        for (let member = index; member < block.length; member += 1) {
          const item = block[member]
          if (item !== undefined) yield item
        }
      }
    },
    first: () => blocks[0]?.[0],
    get size() {
      return size
    },
  }
}
