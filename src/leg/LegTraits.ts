import type { Direction, ExtensionType } from '../event/CallEvent.js'

/** `special`: an IVR or a queue, unknown which. */
type LegType = ExtensionType | 'special'

/** What kind of leg it is, as the rules read it. */
export interface LegTraits {
  readonly type: LegType
  /** Is the type known from `ExtType` or the directory, rather than guessed? */
  readonly typeKnown: boolean
  readonly direction: Direction | undefined
  /** A `Transfered` leg: a transfer or forward to the outside. */
  readonly transferred: boolean
  /** Does an event of the leg carry `Bridged`? */
  readonly bridged: boolean
  /** R-local: the client number is an own extension. */
  readonly local: boolean
  /** R-transfer: does the leg follow a transfer? */
  readonly transfer: boolean
}

const TYPES: Readonly<Record<LegType, number>> = { phone: 0, ivr: 1, queue: 2, fax: 3, special: 4 }

/** Its place among the few hundred kinds that there can be. */
const placeOf = ({ type, typeKnown, direction, transferred, bridged, local, transfer }: LegTraits): number => {
  const told = direction === undefined ? 0 : direction === 'incoming' ? 1 : 2
  const flags = (typeKnown ? 1 : 0) | (transferred ? 2 : 0) | (bridged ? 4 : 0) | (local ? 8 : 0) | (transfer ? 16 : 0)
  return (TYPES[type] * 3 + told) * 32 + flags
}

const shared: Array<LegTraits | undefined> = []

/** The same traits, each of them kept but once, so that a leg is small. */
export const sharedTraits = (traits: LegTraits): LegTraits => (shared[placeOf(traits)] ??= traits)
