import type { Settings } from '../config/Config.js'
import type { CallEvent, Parties } from '../event/CallEvent.js'
import { factsOf, shareTexts } from '../event/EventFacts.js'
import { sameParties } from '../event/order.js'
import type { EpochMicros } from '../event/time.js'
import { firstLeg, isPlainOutgoing, withEvent, type Leg } from '../leg/Leg.js'
import { legKey, seenAt } from '../leg/LegFacts.js'
import { earlier, exchanged, inserted, type Call } from './Call.js'
import type { Placed } from './Placed.js'

const NO_LEGS: ReadonlyArray<Leg> = []

/** A call of which nothing is known yet. */
export const emptyCall = (callId: string): Call => ({
  callId,
  legs: NO_LEGS,
  outgoing: NO_LEGS,
  ended: 0,
  bridged: false,
  placed: undefined,
  callBack: undefined,
  entry: undefined,
  activity: 0,
  settled: false,
  givenUp: false
})

/** Where the leg stands, or would stand, among legs in the order of their keys. */
const placeOf = (legs: ReadonlyArray<Leg>, key: string): number => {
  let low = 0
  let high = legs.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const leg = legs[middle]
    if (leg !== undefined && leg.key < key) low = middle + 1
    else high = middle
  }
  return low
}

const later = (a: EpochMicros, b: EpochMicros): EpochMicros => (a > b ? a : b)

/** A call with one more event, and the leg to which that came. */
export interface Added {
  readonly call: Call
  readonly leg: Leg
  /** Its place in `call.legs`. */
  readonly place: number
  /** The leg as it was before: none, if the event is its first. */
  readonly before: Leg | undefined
}

/** Who is on the line, kept but once: by the leg, or, of a leg that begins, in texts that a neighbour has already. */
const partiesOf = (call: Call, place: number, before: Leg | undefined, { parties }: CallEvent): Parties => {
  if (before !== undefined) return sameParties(before.parties, parties) ? before.parties : parties
  const neighbour = call.legs[place] ?? call.legs[place - 1]
  return neighbour === undefined ? parties : shareTexts(parties, neighbour.parties)
}

/** The call with one more event: the same object if nothing new is in it. */
export const addEvent = (settings: Settings, call: Call, sent: CallEvent): Added => {
  const key = legKey(sent)
  const place = placeOf(call.legs, key)
  const there = call.legs[place]
  const before = there !== undefined && there.key === key ? there : undefined
  const event = factsOf(sent, partiesOf(call, place, before, sent))
  const leg = before === undefined ? firstLeg(settings, key, event) : withEvent(settings, before, event)
  const activity = later(call.activity, seenAt(event))
  if (leg === before) {
    return { call: activity === call.activity ? call : { ...call, activity }, leg: before, place, before }
  }
  const legs = before === undefined ? inserted(call.legs, place, leg) : exchanged(call.legs, place, leg)
  return {
    call: {
      callId: call.callId,
      legs,
      outgoing: isPlainOutgoing(leg) || (before !== undefined && isPlainOutgoing(before)) ? legs.filter(isPlainOutgoing) : call.outgoing,
      ended: leg.hangup !== undefined && before?.hangup === undefined ? call.ended + 1 : call.ended,
      bridged: call.bridged || event.more?.bridged !== undefined,
      placed: call.placed,
      callBack: event.more?.callBackId === undefined ? call.callBack : earlier(call.callBack, event),
      entry: event.parties.did === undefined ? call.entry : earlier(call.entry, event),
      activity,
      settled: call.settled,
      givenUp: call.givenUp
    },
    leg,
    place,
    before
  }
}

const wordText = ({ destination, context }: Placed): string => JSON.stringify({ destination, context })

/** Of several words about one call the earliest counts, of two at the same time the greater by its text. */
const firstPlaced = (a: Placed | undefined, b: Placed): Placed => {
  if (a === undefined || b.at < a.at) return b
  return b.at === a.at && wordText(b) > wordText(a) ? b : a
}

/** The call with the application's word that it placed it. */
export const addPlaced = (call: Call, placed: Placed): Call => ({
  ...call,
  placed: firstPlaced(call.placed, { ...placed, callId: call.callId }),
  activity: later(call.activity, placed.at)
})
