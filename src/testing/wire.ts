import type { EpochMicros, Micros } from '../event/time.js'
import { domain, type Extension } from './Company.js'

/**
 * One event as the PBX sends it: a flat map of the vendor's field names to texts.
 *
 * @since 0.1.0
 * @category testing
 */
export type WireEvent = Readonly<Record<string, string>>

/** One leg, in telephone words. */
export interface Leg {
  /** The whole call. */
  readonly callId: string
  /** This leg; a transfer may share it. */
  readonly subCallId: string
  /** The extension that sends the leg's events. */
  readonly own: Extension
  /** As `CallFlow` has it. */
  readonly flow: 'in' | 'out'
  /** A transfer or forward outside. */
  readonly transferred: boolean
  /** Absent: the wire leaves it out. */
  readonly callerNumber?: string | undefined
  /** What the PBX tells beside the number. */
  readonly callerName?: string | undefined
  /** The extension that made the leg. */
  readonly callerExtension?: Extension | undefined
  /** What was dialled, or who received the leg. */
  readonly calledNumber: string
  /** The extension that was dialled. */
  readonly calledExtension?: Extension | undefined
  /** The public number by which the call entered. */
  readonly did?: string | undefined
  /** The external number behind a transfer from extension to extension. */
  readonly remote?: string | undefined
  /** The call was started through the API. */
  readonly callBackId?: string | undefined
}

/** What happened on a leg. */
export interface Happening {
  readonly kind: 'dial' | 'answer' | 'hangup'
  readonly at: EpochMicros
  readonly status?: string | undefined
  readonly duration?: Micros | undefined
  readonly recordingId?: string | undefined
  readonly bridged?: 'yes' | 'no' | undefined
}

/**
 * What one installation of the PBX sends and another does not; none of it may change what a call means.
 *
 * @since 0.1.0
 * @category testing
 */
export interface Dialect {
  /** `Duration` on hangups. */
  readonly duration: boolean
  /** By how much `Duration` falls short of hangup less answer. */
  readonly drift: Micros
  /** `RecID` on the hangups of talks. */
  readonly recordings: boolean
  /** `CallAPIID` everywhere. */
  readonly callApiId: boolean
  /** `IN`, `OUT`, `YES`, `NO` as documented, not `in`, `out`, `yes`, `no` as seen. */
  readonly capitals: boolean
  /** The subscription's URL adds `ExtType`. */
  readonly extType: boolean
  /** `RemoteNumber` on a leg's answer and hangup too, not on its `dial-in` alone as documented. */
  readonly remoteEverywhere: boolean
  /** An IVR or queue that was called from outside has the public number as its `CalledNumber`. */
  readonly didAsCalledNumber: boolean
}

/** What a live installation sends: all the fields, in the spelling that was seen, `RemoteNumber` on dials alone. */
export const LIVE: Dialect = {
  duration: true,
  drift: 0,
  recordings: true,
  callApiId: true,
  capitals: false,
  extType: false,
  remoteEverywhere: false,
  didAsCalledNumber: false
}

const withoutAbsent = (fields: Readonly<Record<string, string | undefined>>): WireEvent => {
  const event: Record<string, string> = {}
  for (const field in fields) {
    const value = fields[field]
    if (value !== undefined) event[field] = value
  }
  return event
}

const qualified = (extension: Extension | undefined): string | undefined => extension && `${extension.name}@${domain}`

/** `3584709739-262077ef-325f-4868-aa49-bf22309229f7`: the CallID with dashes, behind a number. */
const callApiIdOf = (callId: string): string =>
  `3584709739-${callId.slice(0, 8)}-${callId.slice(8, 12)}-${callId.slice(12, 16)}-${callId.slice(16, 20)}-${callId.slice(20)}`

const calledNumberOf = (leg: Leg, dialect: Dialect): string =>
  dialect.didAsCalledNumber && leg.own.type !== 'phone' && leg.flow === 'in' && leg.callerExtension === undefined
    ? leg.did ?? leg.calledNumber
    : leg.calledNumber

/** The one place that knows the vendor's field names. */
export const wireEvent = (dialect: Dialect, leg: Leg, happening: Happening): WireEvent => {
  const sized = (word: string | undefined): string | undefined => (dialect.capitals ? word?.toUpperCase() : word)
  return withoutAbsent({
    EventType: happening.kind === 'dial' ? `dial-${leg.flow}` : happening.kind,
    EventTime: String(happening.at),
    CallID: leg.callId,
    SubCallID: leg.subCallId,
    CallAPIID: dialect.callApiId ? callApiIdOf(leg.callId) : undefined,
    CallFlow: sized(leg.flow),
    CallStatus: happening.status,
    CalledDID: leg.did,
    CalledNumber: calledNumberOf(leg, dialect),
    CalledExtension: qualified(leg.calledExtension),
    CalledExtensionID: leg.calledExtension?.id,
    CallerIDName: leg.callerName,
    CallerIDNum: leg.callerNumber,
    CallerExtensionID: leg.callerExtension?.id,
    CallerExtension: qualified(leg.callerExtension),
    RemoteNumber: happening.kind === 'dial' || dialect.remoteEverywhere ? leg.remote : undefined,
    Transfered: leg.transferred ? 'yes' : undefined,
    Duration: dialect.duration && happening.duration !== undefined ? String(happening.duration) : undefined,
    RecID: dialect.recordings ? happening.recordingId : undefined,
    Bridged: sized(happening.bridged),
    CallBackID: leg.callBackId,
    ExtType: dialect.extType ? leg.own.type : undefined
  })
}

/**
 * The event's own time, if it has a proper one.
 *
 * @since 0.1.0
 * @category testing
 */
export const timeOf = (event: WireEvent): EpochMicros | undefined => {
  const text = event['EventTime']
  return text !== undefined && /^\d{16}$/.test(text) ? Number(text) : undefined
}

/** The same event at another time. */
export const at = (event: WireEvent, time: EpochMicros): WireEvent => ({ ...event, EventTime: String(time) })

/**
 * As the body of a POST or the query of a GET.
 *
 * @since 0.1.0
 * @category testing
 */
export const toForm = (event: WireEvent): string =>
  Object.entries(event).map((pair) => pair.map(encodeURIComponent).join('=')).join('&')
