import type { Activity, Outcome } from './Activity.js'

/**
 * What amoCRM (Kommo) takes: `POST /api/v4/calls`, and `POST /api/v4/leads/unsorted/sip` for a number that is no
 * contact. Neither can be changed later; `uniq` is the record's id.
 */

/** 2 call back later, 3 nobody there, 4 talked, 6 not reached, 7 busy; nothing where the end was not seen. */
const STATUS: Readonly<Record<Outcome, number | undefined>> = {
  talked: 4,
  missed: 6,
  busy: 7,
  'no-answer': 6,
  cancelled: 6,
  congestion: 6,
  unavailable: 3,
  other: 6,
  unknown: undefined
}

/** What a call carries besides the record. */
export interface AmoContext {
  /** The integration's name. */
  readonly source: string
  readonly user?: number
  /** A link to the recording. */
  readonly link?: string
}

export interface AmoCall {
  readonly uniq: string
  readonly direction: 'inbound' | 'outbound'
  readonly phone: string
  /** Seconds. */
  readonly duration: number
  readonly source: string
  readonly call_result: string
  readonly call_status?: number
  readonly responsible_user_id?: number
  readonly link?: string
  /** Unix seconds. */
  readonly created_at?: number
}

const secondsOf = (micros: number | undefined): number | undefined => (micros === undefined ? undefined : Math.floor(micros / 1_000_000))

export const amoCall = (activity: Activity, { source, user, link }: AmoContext): AmoCall => {
  const status = STATUS[activity.outcome]
  const at = secondsOf(activity.startedAt)
  return {
    uniq: activity.id,
    direction: activity.direction,
    phone: activity.client,
    duration: activity.duration,
    source,
    call_result: activity.sentence,
    ...(status === undefined ? {} : { call_status: status }),
    ...(user === undefined ? {} : { responsible_user_id: user }),
    ...(link === undefined ? {} : { link }),
    ...(at === undefined ? {} : { created_at: at })
  }
}

export interface AmoUnsorted {
  readonly source_uid: string
  readonly source_name: string
  readonly created_at?: number
  readonly metadata: {
    readonly uniq: string
    readonly phone: string
    readonly from: string
    readonly called_at?: number
    readonly duration: number
    readonly link?: string
    readonly service_code: string
    /** The call is to stand on the card. */
    readonly is_call_event_needed: true
  }
  readonly _embedded: {
    readonly contacts: ReadonlyArray<{
      readonly name: string
      readonly custom_fields_values: ReadonlyArray<{ readonly field_code: 'PHONE'; readonly values: ReadonlyArray<{ readonly value: string }> }>
    }>
  }
}

/** A call of somebody who is no contact: an incoming lead, for an employee to take or to decline. */
export const amoUnsorted = (activity: Activity, { source, link }: AmoContext): AmoUnsorted => {
  const at = secondsOf(activity.startedAt)
  return {
    source_uid: activity.id,
    source_name: source,
    ...(at === undefined ? {} : { created_at: at }),
    metadata: {
      uniq: activity.id,
      phone: activity.client,
      from: activity.line ?? source,
      ...(at === undefined ? {} : { called_at: at }),
      duration: activity.duration,
      ...(link === undefined ? {} : { link }),
      service_code: source,
      is_call_event_needed: true
    },
    _embedded: {
      contacts: [{ name: activity.clientName ?? activity.client, custom_fields_values: [{ field_code: 'PHONE', values: [{ value: activity.client }] }] }]
    }
  }
}
