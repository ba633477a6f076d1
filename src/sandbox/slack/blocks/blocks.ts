import type { Json } from '../../../json.ts'
import { isObject } from '../json-values.ts'

export type Surface = 'message' | 'modal' | 'home'

/** What Slack would say about these blocks, each with its json-pointer; empty: accepted. */
export function checkBlocks(blocks: readonly Json[], surface: Surface, pointer = '/blocks'): readonly string[] {
  void surface
  return blocks.flatMap((block, index) =>
    isObject(block) ? [] : [`must provide an object [json-pointer:${pointer}/${index}]`],
  )
}
