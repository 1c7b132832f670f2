import type { Json } from '../../src/call/Placed.js'
import type { Config } from '../../src/config/Config.js'
import type { EpochMicros, Micros } from '../../src/event/time.js'
import { isOwnExtension } from './extensions.js'
import {
  earliestLeg, isAnswered, isAnsweredBefore, isIncomingPhone, isOrdinaryOutgoing, latestAnswered, type Call, type Leg
} from './legs.js'
import { cut, isDigitForDigit, isSameNumber } from './numbers.js'

/** Had hung up before a moment. */
const isHungUpBefore = (leg: Leg, at: EpochMicros): boolean => leg.hangup !== undefined && leg.hangup.at < at

/**
 * R-source: An incoming phone leg that was answered, that began no later than, and had not hung up before, the first event of an
 * outgoing leg (no `Transfered` one) of the same call to the same number (there are digits) is that leg's source.
 */
const sourcesOf = (config: Config, call: Call, outgoing: Leg): ReadonlyArray<Leg> =>
  isOrdinaryOutgoing(outgoing)
    ? call.legs
        .filter(isIncomingPhone)
        .filter(isAnswered)
        .filter((leg) => leg.beganAt <= outgoing.firstAt && !isHungUpBefore(leg, outgoing.firstAt))
        .filter((leg) => isSameNumber(config, leg.client, outgoing.client))
    : []

/**
 * R-source: Likewise, without an outgoing leg, an incoming one from the destination of a call that the application said it placed.
 */
const isSourceOfPlaced = (config: Config, call: Call, leg: Leg): boolean =>
  isIncomingPhone(leg) && !call.legs.some(isOrdinaryOutgoing) && isSameNumber(config, leg.client, call.placed?.destination)

/** R-source: It gives no record. */
export const isSource = (config: Config, call: Call, leg: Leg): boolean =>
  call.legs.some((outgoing) => sourcesOf(config, call, outgoing).includes(leg)) || isSourceOfPlaced(config, call, leg)

/** The same, as known from the outgoing legs that began before a moment, so that no leg that comes later can change it. */
export const isSourceBefore = (config: Config, call: Call, leg: Leg, moment: EpochMicros): boolean =>
  isSource(config, { ...call, legs: call.legs.filter((other) => !isOrdinaryOutgoing(other) || other.firstAt < moment) }, leg)

/** R-source: The outgoing leg's record names the source's extension as its own. */
export const recordExtension = (config: Config, call: Call, leg: Leg): string | undefined =>
  latestAnswered(sourcesOf(config, call, leg))?.extension ?? leg.extension

/**
 * R-transfer: A leg is a transfer if it is incoming with a `RemoteNumber` that is not, digit for digit, its `CallerIDNum`, or
 * outgoing with `Transfered=yes`.
 */
export const isTransfer = (config: Config, { direction, transferred, parties }: Leg): boolean => {
  if (direction === 'outgoing') return transferred
  return (
    direction === 'incoming' &&
    parties.remoteNumber !== undefined &&
    (parties.callerNumber === undefined || !isDigitForDigit(config, parties.remoteNumber, parties.callerNumber))
  )
}

/**
 * R-transfer: The transferring extension: in: `CallerIDNum`, else `CallerExtension`, whichever is an own extension; out: the leg's own.
 */
export const transferringExtension = (config: Config, leg: Leg): string | undefined =>
  leg.direction === 'outgoing'
    ? leg.extension
    : [leg.parties.callerNumber, leg.parties.callerExtension].filter((party) => isOwnExtension(config, leg, party)).map(cut)[0]

/**
 * R-transfer: Among that extension's phone legs in the same call (the extension that their record names, R-source) that are neither
 * local nor a source (as known from the outgoing legs that began before), and whose answer came before this leg's first event, the
 * record points back to the latest answered.
 */
export const pointsBackTo = (config: Config, call: Call, leg: Leg): Leg | undefined => {
  const from = transferringExtension(config, leg)
  if (!isTransfer(config, leg) || from === undefined) return undefined
  return latestAnswered(
    call.legs
      .filter((earlier) => earlier.type === 'phone' && recordExtension(config, call, earlier) === from)
      .filter((earlier) => !earlier.local && !isSourceBefore(config, call, earlier, leg.firstAt))
      .filter((earlier) => isAnsweredBefore(earlier, leg.firstAt))
  )
}

/** The configuration's settle window (default 5 s). */
const settleWindow = (config: Config): Micros => config.settle ?? 5_000_000

/**
 * R-consult: An incoming transfer leg that ended before the leg it points back to, by more than the settle window, was a
 * consultation (*2) that came to nothing: no record. One that ended with it, give or take that window, is recorded.
 */
export const isConsultation = (config: Config, call: Call, leg: Leg): boolean => {
  const back = pointsBackTo(config, call, leg)?.hangup
  return (
    leg.direction === 'incoming' &&
    back !== undefined &&
    leg.hangup !== undefined &&
    back.at - leg.hangup.at > settleWindow(config)
  )
}

/**
 * R-client: The call's client: that of its earliest leg, of whatever extension type but no `Transfered` one, whose number is external
 * (earliest dial, legs without a dial by their first event).
 *
 * As known from the legs that began before a moment, so that nothing that comes later can change it.
 *
 * Chosen here: a client without a number is a client, so an anonymous caller's leg is that leg, and no later number is the client's;
 * a leg of which nobody told any number is passed over.
 */
export const clientLegBefore = (call: Call, moment: EpochMicros): Leg | undefined =>
  earliestLeg(call.legs.filter((leg) => leg.beganAt < moment && !leg.transferred && leg.client !== undefined && !leg.local))

/**
 * R-did: An incoming or `Transfered` leg without one takes that of the call's earliest event that has one, if that was before its
 * own hangup.
 */
export const didOfCallBefore = (call: Call, moment: EpochMicros): string | undefined => {
  const told = call.events.find((event) => event.parties.did !== undefined)
  return told !== undefined && told.at < moment ? told.parties.did : undefined
}

/** R-did: A leg's DID is the `CalledDID` on its own events. */
export const didOf = (call: Call, leg: Leg): string | undefined =>
  leg.parties.did ??
  (leg.direction === 'incoming' || leg.transferred ? didOfCallBefore(call, leg.hangup?.at ?? Number.POSITIVE_INFINITY) : undefined)

/**
 * R-callback: If any event of the CallID carries `CallBackID`, or the application told the correlator that it placed this call, the
 * call's records carry that id (of several, the earliest event's).
 */
export const callBackIdOf = (call: Call): string | undefined =>
  call.events.find((event) => event.callBackId !== undefined)?.callBackId ?? (call.placed === undefined ? undefined : call.callId)

/** R-callback: and the application's own context where it gave one. */
export const contextOf = (call: Call): Json | undefined => call.placed?.context

/**
 * R-callback: An outgoing leg whose own events carry `CallBackID` was placed on behalf of its extension, whose user did not talk
 * (unless R-source names the one who did).
 */
export const isOnBehalf = (config: Config, call: Call, leg: Leg): boolean =>
  leg.direction === 'outgoing' &&
  leg.events.some((event) => event.callBackId !== undefined) &&
  sourcesOf(config, call, leg).length === 0
