import type { Button } from '../chat/message.ts'
import type { Problem } from '../cards/problem.ts'
import type { Asking } from './asking.ts'

/** A button that types for you: the line goes the whole way again, decided as whoever clicks. */
const retype = (label: string, line: string): Button => ({ action: 'order.retype', value: line, label })
const most = 8

/** Buttons for a problem that is really a question: each answers it by typing the order again, complete. */
export function questionFor(problem: Problem, { line }: Pick<Asking, 'line'>): readonly Button[] {
  // Of several workloads in one line, nobody knows which one the answer would take the place of.
  if (line.split(' ')[1]?.includes(',') && 'name' in problem) return []
  switch (problem.code) {
    case 'target_no_cluster':
      return problem.clusters.slice(0, most).map((cluster) => retype(cluster, `${line} --cluster ${cluster}`))
    case 'target_unknown_cluster':
      return problem.nearest.map((cluster) => retype(cluster, line.replace(problem.found, cluster)))
    case 'target_ambiguous':
    case 'target_search_incomplete':
      return problem.choices.slice(0, most).map(({ namespace, kind, name }) => {
        const full = `${namespace}/${kind.toLowerCase()}/${name}`
        return retype(full, withTarget(line, full))
      })
    case 'target_not_found':
      return problem.nearest.map((name) => retype(name, withTarget(line, name)))
    case 'plan_which_container': {
      const each = problem.containers.slice(0, most).map(({ name }) => retype(name, `${line} --container ${name}`))
      return problem.all ? [...each, retype('*', `${line} --container all`)] : each
    }
    default:
      return []
  }
}

/** The canonical line names its target in the second word; whatever the answer leaves out stays as it was typed. */
function withTarget(line: string, target: string): string {
  const [verb = '', typed = '', ...rest] = line.split(' ')
  const kept = target.includes('/') ? /^[^:]*:/.exec(typed) : /^.*[:/]/.exec(typed)
  return [verb, `${kept?.[0] ?? ''}${target}`, ...rest].join(' ')
}
