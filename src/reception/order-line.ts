import { quote } from '../command-line/quote.ts'
import type { Order } from '../plans/plan.ts'

/** An order as it would be typed whole. Only deploys are ever asked about after their target is known. */
export function orderLine(order: Order, reason: string | undefined): string {
  const { cluster, namespace, kind, name } = order.target
  const words = [order.action, `${cluster}:${namespace}/${kind.toLowerCase()}/${name}`]
  if (order.action === 'deploy') {
    words.push(quote(order.image), ...(order.container === undefined ? [] : ['--container', quote(order.container)]))
  }
  if (reason !== undefined) words.push('--reason', quote(reason))
  return words.join(' ')
}
