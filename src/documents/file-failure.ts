import { z } from 'zod'
import type { FileProblem } from './file-problems.ts'

const SystemFailure = z.object({ code: z.string() })

/** What the operating system says about a file that cannot be opened; `file` is how problems call it. */
export function fileFailure(error: unknown, file: string): FileProblem {
  const code = SystemFailure.safeParse(error).data?.code ?? String(error)
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { code: 'file_missing', file }
    case 'EISDIR':
    case 'ENXIO':
      return { code: 'file_not_a_file', file }
    case 'ELOOP':
      return { code: 'file_link_loop', file }
    default:
      return { code: 'file_unreadable', file, detail: code }
  }
}
