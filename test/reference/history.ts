import type { CallEvent, Parties } from '../../src/event/CallEvent.js'
import { byCodeUnits, countingHangup, earliest } from './events.js'
import { legKey } from './legs.js'
import { cut } from './numbers.js'

const isHistory = (event: CallEvent): boolean => event.toldBy === 'history'

/** The numeric id before the dash, or, where the PBX sent no SubCallID, the extension's name. */
const ownerOf = (subCallId: string): string => /^(\d+)-/.exec(subCallId)?.[1] ?? subCallId

/** The same of a leg of the history: what is asked of it is the name only where the other leg goes by its name. */
const isOwner = (heard: ReadonlyArray<CallEvent>, owner: string): boolean => {
  const [first] = heard
  if (first === undefined) return false
  if (/^\d+$/.test(owner)) return /^(\d+)-/.exec(first.subCallId)?.[1] === owner
  const names = heard.map(({ direction, parties }) => cut(direction === 'outgoing' ? parties.callerExtension : parties.calledExtension))
  return names.find((name) => name !== undefined)?.toLowerCase() === owner
}

const LONGEST = 5_000_000

interface Pair {
  readonly toldKey: string
  readonly heardKey: string
  readonly apart: number
}

/** Every leg of the history beside every leg of the webhooks that it may be, and how far apart the two tell the same thing. */
const pairsOf = (events: ReadonlyArray<CallEvent>): ReadonlyArray<Pair> => {
  const keys = [...new Set(events.map(legKey))]
  const of = (key: string): ReadonlyArray<CallEvent> => events.filter((event) => legKey(event) === key)
  const toldKeys = keys.filter((key) => of(key).some((event) => !isHistory(event)))
  const heardKeys = keys.filter((key) => of(key).every(isHistory))
  return toldKeys.flatMap((toldKey) =>
    heardKeys.flatMap((heardKey) => {
      const told = of(toldKey).filter((event) => !isHistory(event))
      const heard = of(heardKey)
      const sameWay =
        toldKey.endsWith('/transferred') === heardKey.endsWith('/transferred') &&
        told.every(({ direction }) => direction === undefined || direction === heard[0]?.direction)
      const sameOwner = told[0] !== undefined && isOwner(heard, ownerOf(told[0].subCallId))
      const gaps = told.flatMap((a) => heard.filter(({ kind }) => kind === a.kind).map((b) => Math.abs(a.at - b.at)))
      // where they share no kind of event, the one must lie within the other
      const begins = Math.min(...heard.map(({ at }) => at))
      const ends = Math.max(...heard.map(({ at }) => at))
      const isWithin = told.every(({ at }) => at + LONGEST >= begins && at <= ends + LONGEST)
      const apart = gaps.length > 0 ? Math.min(...gaps) : isWithin ? LONGEST : Number.POSITIVE_INFINITY
      return sameWay && sameOwner && apart <= LONGEST ? [{ toldKey, heardKey, apart }] : []
    })
  )
}

/** The nearest first; each leg of the one is at most one of the other. */
const matched = (pairs: ReadonlyArray<Pair>): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  const left = [...pairs].sort((a, b) => a.apart - b.apart || byCodeUnits(a.toldKey, b.toldKey) || byCodeUnits(a.heardKey, b.heardKey))
  for (const { toldKey, heardKey } of left) {
    if (!found.has(heardKey) && ![...found.values()].includes(toldKey)) found.set(heardKey, toldKey)
  }
  return found
}

const PARTY_NAMES: ReadonlyArray<keyof Parties> = [
  'callerNumber', 'callerName', 'calledNumber', 'did', 'callerExtension', 'callerExtensionId', 'calledExtension', 'calledExtensionId', 'remoteNumber', 'callApiId'
]

const ORDER = ['dial', 'answer', 'hangup']

/** What the history adds to a leg of the webhooks: an event of a kind that no webhook told, without the fields that a webhook told. */
const added = (told: ReadonlyArray<CallEvent>, event: CallEvent): CallEvent => {
  const isTold = (name: keyof Parties): boolean => told.some(({ parties }) => parties[name] !== undefined)
  const before = told.filter(({ kind }) => ORDER.indexOf(kind) < ORDER.indexOf(event.kind)).map(({ at }) => at)
  const after = told.filter(({ kind }) => ORDER.indexOf(kind) > ORDER.indexOf(event.kind)).map(({ at }) => at)
  return {
    ...event,
    subCallId: told[0]?.subCallId ?? event.subCallId,
    at: Math.min(Math.max(event.at, ...before), ...after),
    direction: told.map(({ direction }) => direction).find((direction) => direction !== undefined) ?? event.direction,
    transferred: told[0]?.transferred,
    parties: Object.fromEntries(PARTY_NAMES.filter((name) => !isTold(name)).map((name) => [name, event.parties[name]])),
    extensionType: told.some(({ extensionType }) => extensionType !== undefined) ? undefined : event.extensionType,
    recordingId: told.some(({ recordingId }) => recordingId !== undefined) ? undefined : event.recordingId
  }
}

/** A hangup that a webhook told, with the recording, and the talk time of a success, that nothing of its leg tells. */
const completed = (told: ReadonlyArray<CallEvent>, hangup: CallEvent | undefined) => (event: CallEvent): CallEvent => {
  if (event.kind !== 'hangup' || hangup === undefined) return event
  const lacksRecording = told.every(({ recordingId }) => recordingId === undefined)
  const lacksTalkTime = told.every(({ kind, talkTime }) => talkTime === undefined && kind !== 'answer')
  return {
    ...event,
    recordingId: lacksRecording ? hangup.recordingId : event.recordingId,
    talkTime: lacksTalkTime && event.status === 'ANSWER' ? hangup.talkTime : event.talkTime
  }
}

/**
 * R-history: What the call history told counts only for what no webhook told. A leg of the history is the leg of the webhooks that it
 * fits: of the same extension and the same way, and of several the nearest in time, at most five seconds apart (or within it). There it tells the
 * dial, the answer or the hangup that are missing, and the recording and the talk time that a hangup lacks.
 */
export const whatCounts = (events: ReadonlyArray<CallEvent>): ReadonlyArray<CallEvent> => {
  if (!events.some(isHistory)) return events
  const home = matched(pairsOf(events))
  const legOf = (event: CallEvent): string => home.get(legKey(event)) ?? legKey(event)
  return [...new Set(events.map(legOf))].flatMap((key) => {
    const own = events.filter((event) => legOf(event) === key)
    const told = own.filter((event) => !isHistory(event))
    const of = (kind: CallEvent['kind']): ReadonlyArray<CallEvent> => own.filter((event) => isHistory(event) && event.kind === kind)
    // R-facts, of what the history told at several times
    const hangup = countingHangup(of('hangup'))
    const heard = [earliest(of('dial')), earliest(of('answer')), hangup].flatMap((event) => event ?? [])
    if (told.length === 0) return heard
    // no answer, where a webhook told that there was none
    const hangups = told.filter(({ kind }) => kind === 'hangup')
    const isInVain = hangups.length > 0 && hangups.every(({ status }) => status !== 'ANSWER')
    const isMissing = ({ kind }: CallEvent): boolean => told.every((event) => event.kind !== kind) && !(kind === 'answer' && isInVain)
    return [...told.map(completed(told, hangup)), ...heard.filter(isMissing).map((event) => added(told, event))]
  })
}
