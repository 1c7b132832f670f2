import { left, type Either, type Left } from 'fp-ts/lib/Either.js'

/**
 * Why a saved state cannot be taken up.
 *
 * - `unknown-version`: it was written by a version that this one does not know
 * - `malformed`: it is not what `encode` writes; `path` says where: `held[0].legs[1].events[2].at`
 *
 * @since 0.1.0
 * @category state
 */
export type StateError =
  | { readonly kind: 'unknown-version'; readonly found: string; readonly known: ReadonlyArray<number> }
  | { readonly kind: 'malformed'; readonly path: string; readonly reason: string }

/**
 * The sentence for a person.
 *
 * @example
 * import { stateErrorMessage } from 'call-legs'
 * assert.deepStrictEqual(
 *   stateErrorMessage({ kind: 'unknown-version', found: '9', known: [1] }),
 *   'the state has version 9; known: 1'
 * )
 *
 * @since 0.1.0
 * @category state
 */
export const stateErrorMessage = (error: StateError): string => {
  switch (error.kind) {
    case 'unknown-version':
      return `the state has version ${error.found}; known: ${error.known.join(', ')}`
    case 'malformed':
      return `the state is malformed at ${error.path === '' ? 'its root' : error.path}: ${error.reason}`
  }
}

export const malformed = (path: string, reason: string): Either<StateError, never> => left({ kind: 'malformed', path, reason })

/** The same, told from further outside. */
export const within = (path: string, error: Left<StateError>): Either<StateError, never> =>
  error.left.kind === 'malformed' ? malformed(`${path}${error.left.path.startsWith('[') ? '' : '.'}${error.left.path}`, error.left.reason) : error
