import type { CallEvent, Direction, Parties } from '../event/CallEvent.js'
import { seconds, type EpochMicros, type Micros } from '../event/time.js'
import { isAnsweredResult, isKnownResult, statusOfResult } from '../ports/completion.js'
import type { CallHistory, HistoryLeg } from '../ports/History.js'
import type { HistoryProblem } from '../ports/HistoryList.js'

/** How much earlier than its first leg a call may begin, as the history tells it. */
const AT_ONCE: Micros = seconds(2)

const SECOND: Micros = seconds(1)

/** Beginnings are told to the hundredth of a second. */
const HUNDREDTH: Micros = seconds(0.01)

/** A leg with all that its events need. */
interface Placeable {
  readonly leg: HistoryLeg
  readonly subCallId: string
  readonly direction: Direction
  readonly transferred: boolean
}

/** A moment that the history knows of the leg: by it legs of the same extension are told apart. */
const momentOf = ({ startedAt, answeredAt, endedAt }: HistoryLeg): EpochMicros | undefined => startedAt ?? answeredAt ?? endedAt

/** The leg with which the call began: the earliest of its legs, if no other began with it and none before it is missing. */
const firstLeg = ({ legs, startedAt }: CallHistory): HistoryLeg | undefined => {
  const earliest = Math.min(...legs.map((leg) => momentOf(leg) ?? Infinity))
  const [first, other] = legs.filter((leg) => momentOf(leg) === earliest)
  const isWhole = startedAt === undefined || Math.abs(startedAt - earliest) <= AT_ONCE
  return other === undefined && isWhole && first?.startedAt !== undefined ? first : undefined
}

/**
 * The history knows no SubCallIDs. The first leg of a call takes its hex from the CallID, as seen in live payloads; another
 * is named by when it began, so that the same leg has the same name whenever the history tells it.
 */
const subCallIdOf = (call: CallHistory, leg: HistoryLeg): string | undefined => {
  const owner = leg.extensionId ?? leg.extension?.toLowerCase()
  const moment = momentOf(leg)
  if (owner === undefined || owner.includes('/') || moment === undefined) return undefined
  return leg.extensionId !== undefined && leg === firstLeg(call) ? `${owner}-${call.callId}` : `${owner}-history-${moment}`
}

/** The client, as the call as a whole tells him. */
const clientOf = ({ direction, from, to }: CallHistory): string | undefined => (direction === 'outgoing' ? to : from)

/** Is it the extension itself, by its name or without its prefix? */
const isItself = ({ extension }: HistoryLeg, number: string): boolean => extension !== undefined && (extension === number || extension.endsWith(`*${number}`))

/** The history says `transfer` of a phone to which a client was passed on, and of a forward outside. */
const directionOf = (leg: HistoryLeg): Direction | undefined => {
  if (leg.transferred !== true) return leg.direction
  return leg.to === undefined || isItself(leg, leg.to) ? 'incoming' : 'outgoing'
}

const partiesOf = (call: CallHistory, { leg, direction, transferred }: Placeable): Parties => {
  const { extension, extensionId, from, fromName, to } = leg
  if (direction === 'outgoing') {
    const calledNumber = to ?? (transferred ? undefined : call.to)
    return { callerNumber: extension, callerExtension: extension, callerExtensionId: extensionId, calledNumber }
  }
  const client = clientOf(call)
  const own = { calledNumber: extension ?? to, calledExtension: extension, calledExtensionId: extensionId, did: leg.did ?? call.did }
  if (transferred) return { ...own, remoteNumber: client ?? from, callerNumber: from === client ? undefined : from }
  return { ...own, callerNumber: from ?? (call.direction === 'incoming' ? call.from : undefined), callerName: fromName }
}

/** Was the client brought to somebody? The call as a whole says so; where it does not, its phones do. */
const isBridged = ({ result, legs }: CallHistory): boolean =>
  result === undefined
    ? legs.some((leg) => (leg.extensionType === 'phone' || leg.transferred === true) && isAnsweredResult(leg.result))
    : result === 'bridged'

const isService = ({ extensionType }: HistoryLeg): boolean => extensionType === 'ivr' || extensionType === 'queue'

/** Did the phone ring while this IVR or queue held the caller, and answer when that had ended? To the second, which is all that the history knows. */
const isDeadCallOf = (service: HistoryLeg, { startedAt, answeredAt }: HistoryLeg): boolean =>
  isService(service) &&
  startedAt !== undefined &&
  answeredAt !== undefined &&
  (service.startedAt ?? Infinity) <= startedAt &&
  (service.endedAt ?? 0) + SECOND > startedAt &&
  (service.endedAt ?? Infinity) <= answeredAt

/** The phones that took a dead call of one of these: the call as a whole reached nobody. */
const deadCalls = (call: CallHistory, services: ReadonlyArray<HistoryLeg>): ReadonlyArray<HistoryLeg> =>
  isBridged(call) ? [] : call.legs.filter((leg) => !isService(leg) && services.some((service) => isDeadCallOf(service, leg)))

const answerOf = ({ answeredAt, startedAt, endedAt, duration }: HistoryLeg): EpochMicros | undefined =>
  answeredAt ?? (endedAt !== undefined && duration !== undefined ? endedAt - duration : startedAt)

const eventsOfLeg = (call: CallHistory, placeable: Placeable): ReadonlyArray<CallEvent> => {
  const { leg, subCallId, direction, transferred } = placeable
  const { startedAt, endedAt, extensionType, recordingId, duration } = leg
  const base = {
    callId: call.callId, subCallId, direction, parties: partiesOf(call, placeable), extensionType, toldBy: 'history',
    transferred: transferred && direction === 'outgoing' ? true : undefined
  } as const
  const isAnswered = isAnsweredResult(leg.result)
  // an IVR or a queue sends no answer; a forward by one does
  const answeredAt = isAnswered && (!isService(leg) || direction === 'outgoing') && !deadCalls(call, call.legs).includes(leg) ? answerOf(leg) : undefined
  // it ended after a phone began to ring that took its dead call, also where both happened within its second
  const rang = isService(leg) ? deadCalls(call, [leg]).map((phone) => (phone.startedAt ?? 0) + HUNDREDTH) : []
  const ends = Math.max(endedAt ?? 0, answeredAt ?? 0, startedAt ?? 0, ...rang)
  const service = { status: 'ANSWER', bridged: isBridged(call) ? 'yes' : 'no' } as const
  const phone = { status: statusOfResult(leg), ...(isAnswered ? { talkTime: duration, recordingId } : {}) }
  return [
    ...(startedAt === undefined ? [] : [{ ...base, kind: 'dial' as const, at: startedAt, status: 'CALLING' }]),
    ...(answeredAt === undefined ? [] : [{ ...base, kind: 'answer' as const, at: Math.max(answeredAt, startedAt ?? 0), status: 'ANSWER' }]),
    ...(endedAt === undefined || leg.result === undefined ? [] : [{ ...base, kind: 'hangup' as const, at: ends, ...(isService(leg) && direction === 'incoming' ? service : phone) }])
  ]
}

/**
 * The events of a call, as its history tells them.
 *
 * @since 0.1.0
 * @category reconcile
 */
export interface HistoryEvents {
  /** What the history tells, as events. */
  readonly events: ReadonlyArray<CallEvent>
  /** What the history leaves open, or says in words that are not known. */
  readonly problems: ReadonlyArray<HistoryProblem>
}

/**
 * What the call history tells of a call, as events that are marked as such (`toldBy`): R-history lets them count only
 * for what no webhook told. The same history gives the same events, so that they may be taken in again at any time.
 *
 * @example
 * import { ledger, seconds } from 'call-legs'
 * import { historyEvents } from 'call-legs/reconcile'
 * const { events } = historyEvents({
 *   callId: 'ab12', direction: 'outgoing', to: '+79160000001', result: 'bridged',
 *   legs: [{
 *     extensionId: '85219', extension: '453*102', extensionType: 'phone', direction: 'outgoing', result: 'answered', duration: seconds(24),
 *     startedAt: 1_780_000_686_000_000, answeredAt: 1_780_000_700_000_000, endedAt: 1_780_000_724_000_000
 *   }]
 * })
 * assert.deepStrictEqual(ledger()(events).records.map(({ kind, remoteNumber }) => [kind, remoteNumber]), [['answered', '+79160000001']])
 *
 * @since 0.1.0
 * @category reconcile
 */
export const historyEvents = (call: CallHistory): HistoryEvents => {
  const problems: Array<HistoryProblem> = []
  const tell = (reason: string): void => {
    problems.push({ callId: call.callId, reason })
  }
  if (call.result !== undefined && !isKnownResult(call.result)) tell(`the result "${call.result}" is not known: it counts as one without a talk`)
  const events = call.legs.flatMap((leg) => {
    const who = leg.extension ?? leg.extensionId ?? 'an extension that is not named'
    const subCallId = subCallIdOf(call, leg)
    const direction = directionOf(leg)
    if (subCallId === undefined || direction === undefined) {
      tell(`the leg of ${who} is left out: ${subCallId === undefined ? 'its extension or its times are' : 'its direction is'} missing`)
      return []
    }
    if (leg.result === undefined || leg.endedAt === undefined) tell(`the leg of ${who} has no ${leg.endedAt === undefined ? 'end' : 'result'}`)
    else if (!isKnownResult(leg.result)) tell(`the result "${leg.result}" of ${who} is not known: it counts as one without a talk`)
    return eventsOfLeg(call, { leg, subCallId, direction, transferred: leg.transferred === true })
  })
  return { events, problems }
}
