import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Directory } from '../config/Config.js'
import type { ExtensionType } from '../event/CallEvent.js'
import type { AccessError } from './AccessError.js'
import type { PortOptions } from './Port.js'

/**
 * An extension of the PBX.
 *
 * @since 0.1.0
 * @category directory
 */
export interface Extension {
  /** Its numeric id: `85219`, as it stands in a SubCallID. */
  readonly id: string
  /** Its name, with the client's prefix: `453*102`. */
  readonly name: string
  /** What it is; absent if the PBX named a type that is not known here. */
  readonly type?: ExtensionType
  /** What people call it, the employee's name say; absent if the PBX tells none. */
  readonly label?: string
}

/**
 * Which extensions there are.
 *
 * @since 0.1.0
 * @category directory
 */
export interface DirectoryPort {
  (options?: PortOptions): TaskEither<AccessError, ReadonlyArray<Extension>>
}

/**
 * The correlator's directory of these extensions: each under its name and under its numeric id, since
 * events may carry the one without the other (R-type). An extension of unknown type is left out.
 *
 * @example
 * import { directoryOf } from 'call-legs'
 * assert.deepStrictEqual(
 *   directoryOf([
 *     { id: '85219', name: '453*102', type: 'phone' },
 *     { id: '96857', name: '453*887', type: 'queue' }
 *   ]),
 *   { '453*102': 'phone', '85219': 'phone', '453*887': 'queue', '96857': 'queue' }
 * )
 *
 * @since 0.1.0
 * @category directory
 */
export const directoryOf = (extensions: ReadonlyArray<Extension>): Directory =>
  Object.fromEntries(
    extensions.flatMap(({ id, name, type }) =>
      type === undefined ? [] : [[name, type] as const, [id, type] as const]
    )
  )
