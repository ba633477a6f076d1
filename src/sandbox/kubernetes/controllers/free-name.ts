import { ApiError } from '../api-error.ts'

const tries = 20

/**
 * Makes an object whose name carries a hash of its content. When another object has that name (another owner's, or one of a former life
 * of the same owner), the hash is salted and tried again, as the real controllers do with their collision count.
 */
export function createUnderFreeName<Made>(create: (salt: string) => Made): Made {
  for (let count = 0; count < tries; count += 1) {
    try {
      return create(count === 0 ? '' : String(count))
    } catch (error) {
      if (!(error instanceof ApiError) || error.status['reason'] !== 'AlreadyExists') throw error
    }
  }
  return create(String(tries))
}
