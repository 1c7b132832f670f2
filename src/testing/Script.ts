import type { Json, Placed } from '../call/Placed.js'
import type { EpochMicros, Micros } from '../event/time.js'
import type { Extension } from './Company.js'
import { hexOf } from './ids.js'
import { wireEvent, type Dialect, type Happening, type Leg, type WireEvent } from './wire.js'

/** The kinds that a leg's record may have when the talk ends properly. */
export type TalkKind = 'answered' | 'transferred' | 'callback'

/**
 * A record that a call must come to, as its story tells it, with the company's directory and no other configuration.
 *
 * @since 0.1.0
 * @category testing
 */
export interface Expected {
  /** The id of the record. */
  readonly id: string
  /** Of the record. */
  readonly kind: TalkKind | 'unsuccessful' | 'incomplete' | 'missed'
  /** In microseconds, of a success of which it is known. */
  readonly talkTime?: Micros
}

/**
 * The events of one call, in the order in which they happened.
 *
 * @since 0.1.0
 * @category testing
 */
export interface PlayedCall {
  /** The name of the story. */
  readonly flow: string
  /** 32 hex digits. */
  readonly callId: string
  /** As the PBX sends them. */
  readonly events: ReadonlyArray<WireEvent>
  /** The application's own word that it placed the call. */
  readonly placed?: Placed
  /** What the call must come to; absent where that hangs on the settle window. */
  readonly expected?: ReadonlyArray<Expected>
}

/** Everything about a call that its story does not tell. */
export interface Setup {
  readonly callId: string
  readonly startAt: EpochMicros
  /** The small gaps between events, used in turn: each is more than nothing and less than the settle window. */
  readonly moments: ReadonlyArray<Micros>
  readonly dialect: Dialect
}

/**
 * The other side of an incoming leg, as the PBX shows it. Without a number: an anonymous caller.
 *
 * @since 0.1.0
 * @category testing
 */
export interface Caller {
  /** As it goes over the wire: `+79160000001`; of an extension its name, `453*101`. */
  readonly number?: string | undefined
  /** What the PBX shows as the caller's name. */
  readonly name?: string | undefined
  /** The public number that was called, digits without a plus. */
  readonly did?: string | undefined
  /** The extension that passed the call on. */
  readonly through?: Extension | undefined
  /** The external number behind a transfer from extension to extension. */
  readonly remote?: string | undefined
  /** `CallBackID`: the call was started through the API. */
  readonly callBackId?: string | undefined
}

/**
 * What is not plain about an outgoing leg.
 *
 * @since 0.1.0
 * @category testing
 */
export interface Dialling {
  /** The extension that was reached, if it is one of the company. */
  readonly reaches?: Extension | undefined
  /** The public number by which the call had entered. */
  readonly did?: string | undefined
  /** `CallBackID`: the call was started through the API. */
  readonly callBackId?: string | undefined
  /** A forward that goes on under the SubCallID of this leg; default: one of its own. */
  readonly under?: Leg | undefined
}

/**
 * The words in which a story is told. Those that happen at a phone, an IVR or a queue send one event each, a moment
 * after the last.
 *
 * @since 0.1.0
 * @category testing
 */
export interface Script {
  /** Lets time pass, in microseconds: ringing, talking, music. */
  readonly wait: (duration: Micros) => void
  /** A phone rings, or a caller reaches an IVR or a queue. */
  readonly ring: (extension: Extension, caller: Caller) => Leg
  /** A phone dials. */
  readonly dial: (phone: Extension, number: string, how?: Dialling) => Leg
  /** An extension sends the call on to a number outside (`Transfered=yes`). */
  readonly forward: (by: Extension, number: string, how?: Dialling) => Leg
  /** The leg is answered. */
  readonly answer: (leg: Leg) => void
  /** A phone's leg, or a forward, ends; without a status the PBX sends none. */
  readonly hangup: (leg: Leg, status?: string) => void
  /** An IVR's or queue's leg ends: did some phone accept the call? */
  readonly leave: (leg: Leg, bridged: 'yes' | 'no', status?: string) => void
  /** An event that is no leg's; `timed: false`: the PBX sends it without a time. */
  readonly remark: (fields: WireEvent, timed?: boolean) => void
  /** The application places the call: the first word of its story. */
  readonly place: (destination: string | undefined, context: Json | undefined, capitals: boolean) => void
  /** From now on each event carries fields that nobody has documented. */
  readonly garnish: (fields: WireEvent) => void
  /** What this leg's record is, if it has one: an incoming leg if it was answered, an outgoing one in any case. */
  readonly becomes: (kind: TalkKind, leg: Leg) => Leg
  /** The call is missed. */
  readonly missed: () => void
  /** What the call comes to hangs on the settle window: nothing is expected. */
  readonly moot: () => void
  /** An id of the call's own, the same whenever this story is played. */
  readonly id: (what: string) => string
}

/** A call that is being played. */
export interface Player {
  readonly script: Script
  /** Lets time pass up to this moment. */
  readonly until: (at: EpochMicros) => void
  /** What was played up to now. */
  readonly played: (flow: string) => PlayedCall
}

/** What is known of a leg beside its facts. */
interface Course {
  readonly leg: Leg
  readonly dialled: EpochMicros
  answered?: EpochMicros
  ended?: { readonly success: boolean; readonly talkTime: Micros | undefined }
  kind?: TalkKind
}

const recordOf = (callId: string, { leg, answered, ended, kind }: Course): ReadonlyArray<Expected> => {
  if (kind === undefined || (leg.flow === 'in' && answered === undefined)) return []
  const id = `${callId}/${leg.subCallId}${leg.transferred ? '/transferred' : ''}`
  if (ended === undefined) return [{ id, kind: 'incomplete' }]
  const { success, talkTime } = ended
  return [success ? { id, kind, ...(talkTime === undefined ? {} : { talkTime }) } : { id, kind: 'unsuccessful' }]
}

/** Begins to play a call. */
export const playerOf = ({ callId, startAt, moments, dialect }: Setup): Player => {
  const events: Array<WireEvent> = []
  const courses = new Map<Leg, Course>()
  let placed: Placed | undefined
  let extra: WireEvent | undefined
  let missed = false
  let moot = false
  let now = startAt

  const nextMoment = (): EpochMicros => {
    now += moments[events.length % moments.length] ?? 1
    return now
  }
  const id = (what: string): string => hexOf(`${callId} ${what}`)
  const durationFrom = (from: EpochMicros | undefined): Micros => (from === undefined ? 0 : Math.max(0, now - from - dialect.drift))
  // The first leg of a call takes its hex from the CallID, as seen in live payloads.
  const freshSubCallId = (own: Extension): string => `${own.id}-${courses.size === 0 ? callId : id(`leg ${courses.size}`)}`

  const send = (leg: Leg, happening: Omit<Happening, 'at'>): void => {
    const event = wireEvent(dialect, leg, { ...happening, at: now })
    events.push(extra === undefined ? event : { ...event, ...extra })
  }
  const begin = (leg: Leg): Leg => {
    courses.set(leg, { leg, dialled: nextMoment() })
    send(leg, { kind: 'dial', status: 'CALLING' })
    return leg
  }
  const outgoing = (own: Extension, number: string, transferred: boolean, { reaches, did, callBackId, under }: Dialling = {}): Leg =>
    begin({
      callId, subCallId: under?.subCallId ?? freshSubCallId(own), own, flow: 'out', transferred,
      callerNumber: own.name, callerExtension: own, calledNumber: number, calledExtension: reaches, did, callBackId
    })

  const script: Script = {
    wait: (duration) => { now += duration },
    ring: (own, { number, name, did, through, remote, callBackId }) =>
      begin({
        callId, subCallId: freshSubCallId(own), own, flow: 'in', transferred: false, callerNumber: number, callerName: name,
        callerExtension: through, calledNumber: own.name, calledExtension: own, did, remote, callBackId
      }),
    dial: (phone, number, how) => outgoing(phone, number, false, how),
    forward: (by, number, how) => outgoing(by, number, true, how),
    answer: (leg) => {
      const answered = nextMoment()
      send(leg, { kind: 'answer', status: 'ANSWER' })
      const course = courses.get(leg)
      if (course !== undefined) course.answered = answered
    },
    hangup: (leg, status) => {
      nextMoment()
      const course = courses.get(leg)
      const answered = course?.answered
      const duration = durationFrom(answered)
      const recordingId = answered === undefined ? undefined : `${leg.own.id}-${id(`recording ${leg.subCallId} ${leg.transferred}`)}`
      send(leg, { kind: 'hangup', status, duration, recordingId })
      const talkTime = dialect.duration ? duration : answered === undefined ? undefined : now - answered
      if (course !== undefined) course.ended = { success: status?.toUpperCase() === 'ANSWER', talkTime }
    },
    leave: (leg, bridged, status = 'ANSWER') => {
      nextMoment()
      send(leg, { kind: 'hangup', status, duration: durationFrom(courses.get(leg)?.dialled), bridged })
    },
    remark: (fields, timed = true) => {
      const at = nextMoment()
      events.push({ ...fields, CallID: callId, ...(timed ? { EventTime: String(at) } : {}) })
    },
    place: (destination, context, capitals) => {
      placed = {
        callId: capitals ? callId.toUpperCase() : callId,
        at: now,
        ...(destination === undefined ? {} : { destination }),
        ...(context === undefined ? {} : { context })
      }
    },
    garnish: (fields) => { extra = fields },
    becomes: (kind, leg) => {
      const course = courses.get(leg)
      if (course !== undefined) course.kind = kind
      return leg
    },
    missed: () => { missed = true },
    moot: () => { moot = true },
    id
  }
  return {
    script,
    until: (at) => { now = Math.max(now, at) },
    played: (flow) => ({
      flow,
      callId,
      events: [...events],
      ...(placed === undefined ? {} : { placed }),
      ...(moot
        ? {}
        : {
            expected: [
              ...[...courses.values()].flatMap((course) => recordOf(callId, course)),
              ...(missed ? [{ id: `${callId}/missed`, kind: 'missed' as const }] : [])
            ]
          })
    })
  }
}

/** Plays one call. */
export const play = (flow: string, setup: Setup, story: (script: Script) => void): PlayedCall => {
  const { script, played } = playerOf(setup)
  story(script)
  return played(flow)
}

/** How an extension shows itself as a caller. */
export const asCaller = (phone: Extension): Caller => ({ number: phone.name, through: phone })
