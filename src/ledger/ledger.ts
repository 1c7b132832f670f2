import { isLeft } from 'fp-ts/lib/Either.js'
import { addEvent, addHeard, addPlaced, emptyCall } from '../call/addEvent.js'
import { anomaliesOf } from '../call/anomalies.js'
import type { Anomaly } from '../call/Anomaly.js'
import type { Call } from '../call/Call.js'
import { checkedPlaced } from '../call/Placed.js'
import { settingsOf, type Config, type Settings } from '../config/Config.js'
import type { CallEvent } from '../event/CallEvent.js'
import type { DecodeError } from '../event/DecodeError.js'
import { eventsOf, legKey } from '../leg/LegFacts.js'
import type { CallRecord } from '../record/CallRecord.js'
import { sortLedger } from '../record/ledger.js'
import { isBeyond } from '../reducer/CallState.js'
import { NO_REVISIONS } from '../reducer/changes.js'
import { dueOf, recordsAtTheEnd, restore } from '../reducer/HeldCall.js'
import { isCallEvent, isPlaced, type Input } from '../reducer/Input.js'
import { decode } from '../wire/ringme/decode.js'

/**
 * What a set of inputs comes to.
 *
 * @since 0.1.0
 * @category ledger
 */
export interface Ledger {
  /** The records, by `endedAt`, then by `id`. */
  readonly records: ReadonlyArray<CallRecord>
  /** The oddities, call by call. */
  readonly anomalies: ReadonlyArray<Anomaly>
  /** What could not be read, and why, in the order in which it came. */
  readonly rejected: ReadonlyArray<{ readonly raw: unknown; readonly error: DecodeError }>
}

/** Calls that are gathered from their events, to be judged once. */
export interface Gathering {
  readonly event: (event: CallEvent) => void
  readonly input: (input: Input) => void
  readonly ledger: () => Ledger
}

/** In the order in which a drain tells them: of the call that would be given up first first. */
const oddities = (settings: Settings, calls: ReadonlyArray<Call>): ReadonlyArray<Anomaly> =>
  calls
    .flatMap((call) => {
      const anomalies = anomaliesOf(settings, { ...call, givenUp: true })
      return anomalies.length === 0 ? [] : [{ callId: call.callId, due: dueOf(settings, restore(settings, { call, revisions: NO_REVISIONS })), anomalies }]
    })
    .sort((a, b) => a.due - b.due || (a.callId < b.callId ? -1 : 1))
    .flatMap(({ anomalies }) => anomalies)

/** Gathers inputs in any order. */
export const gathering = (settings: Settings): Gathering => {
  const calls = new Map<string, Call>()
  const overLimit: Array<Anomaly> = []
  const rejected: Array<Ledger['rejected'][number]> = []

  const take = (sent: CallEvent): void => {
    const before = calls.get(sent.callId)
    const { call } = addEvent(settings, before ?? emptyCall(sent.callId), sent)
    if (call === before) return
    const key = legKey(sent)
    if (isBeyond(settings, call, key)) overLimit.push({ kind: 'over-limit', callId: call.callId, leg: key, at: [sent.at] })
    else calls.set(call.callId, call)
  }
  // a call in which the history has a word is told anew as a whole: with each of its events a call took twice as long
  const ofHistory = new Map<string, Array<CallEvent>>()
  const event = (sent: CallEvent): void => {
    if (sent.toldBy === undefined) return take(sent)
    const waiting = ofHistory.get(sent.callId)
    if (waiting === undefined) ofHistory.set(sent.callId, [sent])
    else waiting.push(sent)
  }
  const takeHistory = (callId: string, events: ReadonlyArray<CallEvent>): void => {
    const before = calls.get(callId) ?? emptyCall(callId)
    const count = events.length + before.legs.reduce((sum, leg) => sum + eventsOf(leg).length, 0)
    // so few are within the limits, however they are spread
    if (count <= Math.min(settings.maxLegs, settings.maxEvents)) calls.set(callId, addHeard(settings, before, events))
    else events.forEach(take)
  }
  const placed = (word: Extract<Input, { readonly placed: unknown }>['placed']): void => {
    const checked = checkedPlaced(word)
    if (isLeft(checked)) rejected.push({ raw: word, error: checked.left })
    else calls.set(checked.right.callId, addPlaced(calls.get(checked.right.callId) ?? emptyCall(checked.right.callId), checked.right))
  }
  return {
    event,
    input: (input) => {
      if (isPlaced(input)) return placed(input.placed)
      if (isCallEvent(input)) return event(input)
      const decoded = decode(input)
      if (isLeft(decoded)) rejected.push({ raw: input, error: decoded.left })
      else if (decoded.right.kind !== 'ignored') event(decoded.right)
    },
    ledger: () => {
      for (const [callId, events] of ofHistory) takeHistory(callId, events)
      ofHistory.clear()
      const all = [...calls.values()]
      const records: Array<CallRecord> = []
      for (const call of all) records.push(...recordsAtTheEnd(settings, call))
      return { records: sortLedger(records), anomalies: [...overLimit, ...oddities(settings, all)], rejected }
    }
  }
}

/**
 * The records and the oddities of a set of inputs, whatever their order: the whole recording of a day, newest first or
 * shuffled. It is what a correlator comes to that takes all of them and is drained, without the changes on the way:
 * each call is judged once, by the same rules.
 *
 * @param config as for `correlator`; throws a `TypeError` for one that means nothing. `maxCalls` does not matter here
 * @param inputs events, decoded or as the PBX sent them, and `{ placed }`, from anything that iterates
 *
 * @example
 * import { ledger } from 'call-legs'
 * const leg = 'CallID=ab12&SubCallID=85219-ab12&CallFlow=in&CallerIDNum=%2B79160000001&CalledNumber=453*102'
 * const { records, anomalies, rejected } = ledger()([
 *   `EventType=hangup&EventTime=1780000700000000&CallStatus=ANSWER&${leg}`,
 *   `EventType=dial-in&EventTime=1780000686000000&${leg}`,
 *   `EventType=answer&EventTime=1780000690000000&${leg}`,
 *   'no event'
 * ])
 * assert.deepStrictEqual(records.map(({ kind, remoteNumber }) => [kind, remoteNumber]), [['answered', '+79160000001']])
 * assert.deepStrictEqual([anomalies.length, rejected.length], [0, 1])
 *
 * @since 0.1.0
 * @category ledger
 */
export const ledger = (config: Config = {}): ((inputs: Iterable<Input>) => Ledger) => {
  const settings = settingsOf(config)
  return (inputs) => {
    const { input, ledger: end } = gathering(settings)
    for (const one of inputs) input(one)
    return end()
  }
}
