import type { AccessError } from './AccessError.js'
import type { Port } from './Port.js'

/**
 * Who calls, as far as the PBX knows, while the caller still hears the greeting. Extensions are cut at their `@`.
 *
 * @since 0.1.0
 * @category responsible employee
 */
export interface Caller {
  /** The whole call, in lower case: the same id as in its records. */
  readonly callId: string
  /** The calling number: `+79160000001`, or an extension, `453*102`. Absent: anonymous. */
  readonly callerNumber?: string
  /** What the PBX told beside the number. */
  readonly callerName?: string
  /** The public number by which the call entered, digits. */
  readonly did?: string
  /** The IVR that asks, `453*800`. */
  readonly calledExtension?: string
}

/**
 * The look-up of the responsible employee: the extension to which this caller belongs, or `undefined` for
 * nobody in particular. The application's own; a plain async function becomes one by {@link portFrom}.
 * The signal in its options is aborted when its time is over.
 *
 * @since 0.1.0
 * @category responsible employee
 */
export type ResponsiblePort = Port<Caller, AccessError, string | undefined>
