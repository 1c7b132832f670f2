import type { Settings } from '../config/Config.js'
import type { CallEvent } from '../event/CallEvent.js'
import type { EpochMicros } from '../event/time.js'
import { readLeg, type Leg } from '../leg/Leg.js'
import { addEvent as addToLeg, legKey, legOf, seenAt } from '../leg/LegFacts.js'
import { earlier, type Call } from './Call.js'
import type { Placed } from './Placed.js'

/** A call of which nothing is known yet. */
export const emptyCall = (callId: string): Call => ({
  callId,
  legs: [],
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
    if (leg !== undefined && leg.facts.key < key) low = middle + 1
    else high = middle
  }
  return low
}

const later = (a: EpochMicros, b: EpochMicros): EpochMicros => (a > b ? a : b)

/** The call with one more event: the same object if nothing new is in it. */
export const addEvent = (settings: Settings, call: Call, event: CallEvent): Call => {
  const key = legKey(event)
  const place = placeOf(call.legs, key)
  const known = call.legs[place]
  const found = known !== undefined && known.facts.key === key ? known : undefined
  const facts = found === undefined ? legOf(event) : addToLeg(found.facts, event)
  const activity = later(call.activity, seenAt(event))
  if (found !== undefined && facts === found.facts) return activity === call.activity ? call : { ...call, activity }
  const legs = call.legs.slice()
  legs.splice(place, found === undefined ? 0 : 1, readLeg(settings, facts))
  return {
    callId: call.callId,
    legs,
    placed: call.placed,
    callBack: event.callBackId === undefined ? call.callBack : earlier(call.callBack, event),
    entry: event.parties.did === undefined ? call.entry : earlier(call.entry, event),
    activity,
    settled: call.settled,
    givenUp: call.givenUp
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
