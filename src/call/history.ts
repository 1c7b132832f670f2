import type { CallEvent, Parties } from '../event/CallEvent.js'
import { cutDomain, numericId } from '../event/extension.js'
import { byTime, sameEvent } from '../event/order.js'
import { seconds, type EpochMicros, type Micros } from '../event/time.js'
import { isForwardKey, isSuccess, legKey, outdoes, subCallIdOf } from '../leg/LegFacts.js'

/**
 * The history tells whole seconds, or hundredths, of the moments that events tell in microseconds, and the
 * PBX takes the two at slightly different places. A queue rings the same phone again later than this.
 */
export const SAME_MOMENT: Micros = seconds(5)

/** The events of one leg: those that webhooks told, and those that the history told. */
interface ToldLeg {
  readonly key: string
  readonly byWebhook: ReadonlyArray<CallEvent>
  readonly byHistory: ReadonlyArray<CallEvent>
}

const isOfHistory = (event: CallEvent): boolean => event.toldBy === 'history'

const legsOf = (events: ReadonlyArray<CallEvent>): ReadonlyArray<ToldLeg> => {
  const legs = new Map<string, { readonly key: string; readonly byWebhook: Array<CallEvent>; readonly byHistory: Array<CallEvent> }>()
  for (const event of events) {
    const key = legKey(event)
    const leg = legs.get(key) ?? { key, byWebhook: [], byHistory: [] }
    legs.set(key, leg)
    leg[isOfHistory(event) ? 'byHistory' : 'byWebhook'].push(event)
  }
  return [...legs.values()]
}

/** The name of the extension whose leg the history tells. */
const nameOf = ({ byHistory }: ToldLeg): string | undefined => {
  for (const { direction, parties } of byHistory) {
    const name = cutDomain(direction === 'outgoing' ? parties.callerExtension : parties.calledExtension)
    if (name !== undefined) return name.toLowerCase()
  }
  return undefined
}

/** Is it a leg of the same extension, which goes the same way? A webhook without a SubCallID goes by its extension's name. */
const isAlike = (leg: ToldLeg, heard: ToldLeg): boolean => {
  const [own, other] = [subCallIdOf(leg.key), subCallIdOf(heard.key)]
  const id = numericId(own)
  if (id === undefined ? own !== nameOf(heard) : id !== numericId(other)) return false
  const direction = heard.byHistory[0]?.direction
  return isForwardKey(leg.key) === isForwardKey(heard.key) && leg.byWebhook.every((event) => event.direction === undefined || event.direction === direction)
}

/** How far apart the two tell the same thing; if they share none, as far as may be where one lies within the other. */
const apart = (leg: ToldLeg, heard: ToldLeg): Micros => {
  const gaps = leg.byWebhook.flatMap(({ kind, at }) => heard.byHistory.flatMap((event) => (event.kind === kind ? [Math.abs(event.at - at)] : [])))
  if (gaps.length > 0) return Math.min(...gaps)
  const times = heard.byHistory.map(({ at }) => at)
  const [first, last] = [Math.min(...times) - SAME_MOMENT, Math.max(...times) + SAME_MOMENT]
  return leg.byWebhook.every(({ at }) => at >= first && at <= last) ? SAME_MOMENT : Infinity
}

interface Pair {
  readonly leg: string
  readonly heard: ToldLeg
  readonly apart: Micros
}

const byKey = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Which leg of the history is which leg of the webhooks: the history knows no SubCallIDs. Of the same extension and
 * direction, and of several the nearest in time, no further than {@link SAME_MOMENT}; each is at most one of the other.
 */
const sameLegs = (legs: ReadonlyArray<ToldLeg>): ReadonlyMap<string, ToldLeg> => {
  const told = legs.filter(({ byWebhook }) => byWebhook.length > 0)
  const pairs: ReadonlyArray<Pair> = legs
    .filter(({ byWebhook }) => byWebhook.length === 0)
    .flatMap((heard) => told.flatMap((leg) => (isAlike(leg, heard) ? [{ leg: leg.key, heard, apart: apart(leg, heard) }] : [])))
    .filter((pair) => pair.apart <= SAME_MOMENT)
    .sort((a, b) => a.apart - b.apart || byKey(a.leg, b.leg) || byKey(a.heard.key, b.heard.key))
  const found = new Map<string, ToldLeg>()
  const taken = new Set<ToldLeg>()
  for (const { leg, heard } of pairs) {
    if (found.has(leg) || taken.has(heard)) continue
    found.set(leg, heard)
    taken.add(heard)
  }
  return found
}

const KINDS = ['dial', 'answer', 'hangup'] as const

/** R-facts, of what the history told at several times: one event of a kind. */
const latestWord = (events: ReadonlyArray<CallEvent>, kind: CallEvent['kind']): CallEvent | undefined =>
  events.reduce<CallEvent | undefined>((known, event) => (event.kind === kind && (known === undefined || outdoes(event, known)) ? event : known), undefined)

/** The parties without those that a webhook of the leg told, so that they do not stand before these. */
const untold = (parties: Parties, byWebhook: ReadonlyArray<CallEvent>): Parties => {
  const told = new Set(byWebhook.flatMap((event) => Object.entries(event.parties).flatMap(([party, value]) => (value === undefined ? [] : [party]))))
  return Object.fromEntries(Object.entries(parties).filter(([party]) => !told.has(party)))
}

/** The history's seconds must not put an answer before its dial: between what webhooks told of the leg before and after. */
const between = ({ kind, at }: CallEvent, byWebhook: ReadonlyArray<CallEvent>): EpochMicros => {
  const place = KINDS.indexOf(kind)
  const earliest = byWebhook.filter((event) => KINDS.indexOf(event.kind) < place).map((event) => event.at)
  const latest = byWebhook.filter((event) => KINDS.indexOf(event.kind) > place).map((event) => event.at)
  return Math.min(Math.max(at, ...earliest), ...latest)
}

/** Does a webhook tell that the leg ended in anything but `ANSWER`? */
const saysInVain = (byWebhook: ReadonlyArray<CallEvent>): boolean => byWebhook.some(({ kind }) => kind === 'hangup') && !byWebhook.some((event) => event.kind === 'hangup' && isSuccess(event))

/** The events of the history that tell what no webhook told of the leg: no answer, where a webhook told that there was none. */
const missing = (heard: ReadonlyArray<CallEvent>, byWebhook: ReadonlyArray<CallEvent>): ReadonlyArray<CallEvent> =>
  heard.flatMap((event) => {
    const [first] = byWebhook
    if (first === undefined) return [event]
    if (byWebhook.some(({ kind }) => kind === event.kind) || (event.kind === 'answer' && saysInVain(byWebhook))) return []
    const told = <A>(field: (told: CallEvent) => A | undefined): A | undefined => byWebhook.map(field).find((value) => value !== undefined)
    return [
      {
        ...event,
        subCallId: first.subCallId,
        at: between(event, byWebhook),
        direction: told(({ direction }) => direction) ?? event.direction,
        parties: untold(event.parties, byWebhook),
        transferred: first.transferred,
        extensionType: told(({ extensionType }) => extensionType) === undefined ? event.extensionType : undefined,
        recordingId: told(({ recordingId }) => recordingId) === undefined ? event.recordingId : undefined
      }
    ]
  })

/** The hangups that webhooks told, with the recording that they lack, and the talk time if no answer tells it. */
const filled = (byWebhook: ReadonlyArray<CallEvent>, hangup: CallEvent | undefined): ReadonlyArray<CallEvent> => {
  if (hangup === undefined || !byWebhook.some(({ kind }) => kind === 'hangup')) return byWebhook
  const recordingId = byWebhook.some((event) => event.recordingId !== undefined) ? undefined : hangup.recordingId
  const talkTime = byWebhook.some((event) => event.talkTime !== undefined || event.kind === 'answer') ? undefined : hangup.talkTime
  if (recordingId === undefined && talkTime === undefined) return byWebhook
  return byWebhook.map((event) =>
    event.kind === 'hangup'
      ? { ...event, recordingId: event.recordingId ?? recordingId, talkTime: event.talkTime ?? (isSuccess(event) ? talkTime : undefined) }
      : event
  )
}

/**
 * R-history: what the call history told counts only for what no webhook told. A leg of the history is the leg of the
 * webhooks that it fits; there it tells the dial, the answer or the hangup that are missing, and the recording and the talk
 * time that a hangup lacks. A leg of which no webhook tells stands by itself. It follows from the set of the events alone.
 */
export const heard = (events: ReadonlyArray<CallEvent>): ReadonlyArray<CallEvent> => {
  const legs = legsOf(events)
  const same = sameLegs(legs)
  const elsewhere = new Set(same.values())
  return legs.flatMap((leg) => {
    if (elsewhere.has(leg)) return []
    const all = [...leg.byHistory, ...(same.get(leg.key)?.byHistory ?? [])]
    const words = KINDS.flatMap((kind) => latestWord(all, kind) ?? [])
    return [...filled(leg.byWebhook, words.find(({ kind }) => kind === 'hangup')), ...missing(words, leg.byWebhook)]
  })
}

const inOrder = (a: CallEvent, b: CallEvent): number => byKey(legKey(a), legKey(b)) || byTime(a, b)

/** The events with one more: the same list if that is known. Of one that is sent again the later receipt is kept. */
export const withHeard = (events: ReadonlyArray<CallEvent>, event: CallEvent): ReadonlyArray<CallEvent> => {
  const known = events.find((other) => legKey(other) === legKey(event) && sameEvent(other, event))
  if (known === undefined) return [...events, event].sort(inOrder)
  if (event.receivedAt === undefined || (known.receivedAt !== undefined && known.receivedAt >= event.receivedAt)) return events
  return events.map((other) => (other === known ? { ...known, receivedAt: event.receivedAt } : other))
}
