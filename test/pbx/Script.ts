import type { Json, Placed } from '../../src/call/Placed.js'
import type { EpochMicros, Micros } from '../../src/event/time.js'
import { company, type Ivr, type Phone, type Queue, type Short } from './company.js'
import { hexOf } from './ids.js'
import { wireEvent, type Dialect, type Happening, type Leg, type WireEvent } from './wire.js'

/** The events of one call, in the order in which they happened. */
export interface PlayedCall {
  readonly flow: string
  readonly callId: string
  readonly events: ReadonlyArray<WireEvent>
  /** The application's own word that it placed the call. */
  readonly placed?: Placed
}

/** Everything about a call that its story does not tell. */
export interface Setup {
  readonly callId: string
  readonly startAt: EpochMicros
  /** The small gaps between events, used in turn: each is more than nothing and less than the settle window. */
  readonly moments: ReadonlyArray<Micros>
  readonly dialect: Dialect
  /** Fields that nobody has documented, on each event of a leg. */
  readonly unknownFields?: WireEvent
}

/** The other side of an incoming leg, as the PBX shows it. Without a number: an anonymous caller. */
export interface Caller {
  readonly number?: string | undefined
  readonly name?: string | undefined
  readonly did?: string | undefined
  /** The extension that passed the call on. */
  readonly through?: Short | undefined
  /** The external number behind a transfer from extension to extension. */
  readonly remote?: string | undefined
  readonly callBackId?: string | undefined
}

/** What is not plain about an outgoing leg. */
export interface Dialling {
  /** The extension that was reached, if it is one of the company. */
  readonly reaches?: Short | undefined
  readonly did?: string | undefined
  readonly callBackId?: string | undefined
  /** A forward that goes on under the SubCallID of this leg; default: one of its own. */
  readonly under?: Leg | undefined
}

/** The words in which a flow is written. Each but `wait` and `place` sends one event, a moment after the last. */
export interface Script {
  /** Lets time pass: ringing, talking, music. */
  readonly wait: (duration: Micros) => void
  /** A caller reaches an IVR or a queue. */
  readonly enter: (extension: Ivr | Queue, caller: Caller) => Leg
  /** A phone rings. */
  readonly ring: (phone: Phone, caller: Caller) => Leg
  /** A phone dials. */
  readonly dial: (phone: Phone, number: string, how?: Dialling) => Leg
  /** An extension sends the call on to a number outside (`Transfered=yes`). */
  readonly forward: (by: Short, number: string, how?: Dialling) => Leg
  readonly answer: (leg: Leg) => void
  /** A phone's leg, or a forward, ends; `undefined`: the PBX sends no status. */
  readonly hangup: (leg: Leg, status: string | undefined) => void
  /** An IVR's or queue's leg ends: did some phone accept the call? */
  readonly leave: (leg: Leg, bridged: 'yes' | 'no', status?: string) => void
  /** An event that is no leg's; `timed: false`: the PBX sends it without a time. */
  readonly remark: (fields: WireEvent, timed?: boolean) => void
  /** The application places the call: the first word of its story. */
  readonly place: (destination: string | undefined, context: Json | undefined, capitals: boolean) => void
  /** An id of the call's own, the same whenever this story is played. */
  readonly id: (what: string) => string
  /** How an extension shows itself as a caller. */
  readonly caller: (phone: Phone) => Caller
}

/** Plays one call. */
export const play = (flow: string, setup: Setup, story: (script: Script) => void): PlayedCall => {
  const { callId, startAt, moments, dialect, unknownFields = {} } = setup
  const events: Array<WireEvent> = []
  const dialled = new Map<Leg, EpochMicros>()
  const answered = new Map<Leg, EpochMicros>()
  let placed: Placed | undefined
  let now = startAt

  const nextMoment = (): EpochMicros => {
    now += moments[events.length % moments.length] ?? 1
    return now
  }
  const id = (what: string): string => hexOf(`${callId} ${what}`)
  const durationOf = (from: EpochMicros | undefined): Micros => (from === undefined ? 0 : Math.max(0, now - from - dialect.drift))
  // The first leg of a call takes its hex from the CallID, as seen in live payloads.
  const freshSubCallId = (own: Short): string => `${company[own].id}-${dialled.size === 0 ? callId : id(`leg ${dialled.size}`)}`

  const send = (leg: Leg, happening: Happening): void => {
    events.push({ ...wireEvent(dialect, leg, happening), ...unknownFields })
  }
  const begin = (leg: Leg): Leg => {
    const at = nextMoment()
    send(leg, { kind: 'dial', at, status: 'CALLING' })
    dialled.set(leg, at)
    return leg
  }
  const incoming = (own: Short, { number, name, did, through, remote, callBackId }: Caller): Leg =>
    begin({
      callId, subCallId: freshSubCallId(own), own: company[own], flow: 'in', transferred: false,
      callerNumber: number, callerName: name, callerExtension: through && company[through],
      calledNumber: company[own].name, calledExtension: company[own], did, remote, callBackId
    })
  const outgoing = (own: Short, number: string, transferred: boolean, { reaches, did, callBackId, under }: Dialling = {}): Leg =>
    begin({
      callId, subCallId: under?.subCallId ?? freshSubCallId(own), own: company[own], flow: 'out', transferred,
      callerNumber: company[own].name, callerExtension: company[own],
      calledNumber: number, calledExtension: reaches && company[reaches], did, callBackId
    })

  story({
    wait: (duration) => { now += duration },
    enter: incoming,
    ring: incoming,
    dial: (phone, number, how) => outgoing(phone, number, false, how),
    forward: (by, number, how) => outgoing(by, number, true, how),
    answer: (leg) => {
      const at = nextMoment()
      send(leg, { kind: 'answer', at, status: 'ANSWER' })
      answered.set(leg, at)
    },
    hangup: (leg, status) => {
      const at = nextMoment()
      const from = answered.get(leg)
      const recordingId = from === undefined ? undefined : `${leg.own.id}-${id(`recording ${leg.subCallId} ${leg.transferred}`)}`
      send(leg, { kind: 'hangup', at, status, duration: durationOf(from), recordingId })
    },
    leave: (leg, bridged, status = 'ANSWER') => {
      const at = nextMoment()
      send(leg, { kind: 'hangup', at, status, duration: durationOf(dialled.get(leg)), bridged })
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
    id,
    caller: (phone) => ({ number: company[phone].name, through: phone })
  })
  return { flow, callId, events, ...(placed === undefined ? {} : { placed }) }
}
