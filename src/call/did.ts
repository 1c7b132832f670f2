import type { Leg } from '../leg/Leg.js'
import type { Call } from './Call.js'

/**
 * R-did: the `CalledDID` of the call's earliest event that has one, if that was before the leg's own
 * hangup, so that what comes later never changes its record.
 */
export const inheritedDid = (call: Call, leg: Leg): string | undefined =>
  call.entry !== undefined && (leg.hangup === undefined || call.entry.at < leg.hangup.at) ? call.entry.parties.did : undefined

/** R-did: an incoming or `Transfered` leg without a DID of its own takes the call's. */
export const inheritsDid = (leg: Leg): boolean => leg.direction === 'incoming' || leg.forward
