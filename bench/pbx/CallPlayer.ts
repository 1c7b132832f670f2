import { seconds, type EpochMicros, type Micros } from 'call-legs'
import type { Extension } from '../../test/pbx/company.js'
import { wireEvent, type Dialect, type Happening, type Leg } from '../../test/pbx/wire.js'
import type { Expected, PlayedCall, Sent } from './Line.js'
import type { Random } from './Random.js'

/** What live payloads carry: all the fields, in the spelling that was seen, `RemoteNumber` on dials alone. */
const LIVE: Dialect = {
  duration: true,
  drift: 0,
  recordings: true,
  callApiId: true,
  capitals: false,
  extType: false,
  remoteEverywhere: false,
  didAsCalledNumber: false
}

/** The other side of an incoming leg, as the PBX shows it. */
export interface Caller {
  readonly number: string
  readonly name?: string | undefined
  readonly did?: string | undefined
  readonly through?: Extension | undefined
  readonly remote?: string | undefined
  readonly callBackId?: string | undefined
}

export interface Dialling {
  readonly reaches?: Extension | undefined
  readonly did?: string | undefined
  readonly callBackId?: string | undefined
}

/** The words in which a call is told. Each but `wait` and `until` sends one event, a moment after the last. */
export interface CallPlayer {
  readonly random: Random
  readonly wait: (from: Micros, to: Micros) => void
  readonly until: (at: EpochMicros) => void
  /** A phone rings, or a caller reaches an IVR or a queue. */
  readonly ring: (own: Extension, caller: Caller) => Leg
  readonly dial: (own: Extension, number: string, how?: Dialling) => Leg
  readonly forward: (own: Extension, number: string, how?: Dialling) => Leg
  readonly answer: (leg: Leg) => void
  /** A leg ends; `kind`: what its record must be, if it has one. */
  readonly hangup: (leg: Leg, status: string, kind?: Expected['kind']) => void
  /** An IVR or a queue ends; `missed`: and so the call is missed there. */
  readonly leave: (leg: Leg, bridged: 'yes' | 'no', missed?: 'missed') => void
  readonly end: () => PlayedCall
}

/** Plays one call. */
export const callPlayer = (random: Random, startAt: EpochMicros): CallPlayer => {
  const callId = random.hex()
  const events: Array<Sent> = []
  const expected: Array<Expected> = []
  const answered = new Map<Leg, EpochMicros>()
  const dialled = new Map<Leg, EpochMicros>()
  let now = startAt

  const send = (leg: Leg, happening: Omit<Happening, 'at'>): void => {
    now += random.between(1_000, 90_000)
    events.push({ at: now, event: wireEvent(LIVE, leg, { ...happening, at: now }) })
  }
  const begin = (leg: Leg): Leg => {
    send(leg, { kind: 'dial', status: 'CALLING' })
    dialled.set(leg, now)
    return leg
  }
  const subCallId = (own: Extension): string => `${own.id}-${dialled.size === 0 ? callId : random.hex()}`
  const outgoing = (own: Extension, number: string, transferred: boolean, { reaches, did, callBackId }: Dialling = {}): Leg =>
    begin({
      callId, subCallId: subCallId(own), own, flow: 'out', transferred, callerNumber: own.name, callerExtension: own,
      calledNumber: number, calledExtension: reaches, did, callBackId
    })
  return {
    random,
    wait: (from, to) => {
      now += random.between(from, to)
    },
    until: (at) => {
      now = Math.max(now, at)
    },
    ring: (own, { number, name, did, through, remote, callBackId }) =>
      begin({
        callId, subCallId: subCallId(own), own, flow: 'in', transferred: false, callerNumber: number, callerName: name,
        callerExtension: through, calledNumber: own.name, calledExtension: own, did, remote, callBackId
      }),
    dial: (own, number, how) => outgoing(own, number, false, how),
    forward: (own, number, how) => outgoing(own, number, true, how),
    answer: (leg) => {
      send(leg, { kind: 'answer', status: 'ANSWER' })
      answered.set(leg, now)
    },
    hangup: (leg, status, kind) => {
      const from = answered.get(leg)
      const duration = from === undefined ? 0 : now - from
      send(leg, { kind: 'hangup', status, duration, recordingId: from === undefined ? undefined : `${leg.own.id}-${random.hex()}` })
      if (kind === undefined) return
      const id = `${callId}/${leg.subCallId}${leg.transferred ? '/transferred' : ''}`
      expected.push({ id, kind, ...(kind === 'unsuccessful' ? {} : { talkTime: duration }) })
    },
    leave: (leg, bridged, missed) => {
      send(leg, { kind: 'hangup', status: 'ANSWER', bridged, duration: now - (dialled.get(leg) ?? now) })
      if (missed !== undefined) expected.push({ id: `${callId}/missed`, kind: 'missed' })
    },
    end: () => ({ callId, events: [...events], expected: [...expected] })
  }
}

export const ringing = [seconds(3), seconds(25)] as const
export const talking = [seconds(10), seconds(300)] as const
