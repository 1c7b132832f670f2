import { toDate } from 'call-legs'
import type { Activity, Outcome } from './Activity.js'

/**
 * What Bitrix24 takes: `telephony.externalCall.register` and `telephony.externalCall.finish`. A finished call stays as
 * it is; `EXTERNAL_CALL_ID` is the record's id, without which two calls of one client within half an hour are one.
 */

/** 304 nobody took the call, 486 busy, 603-S given up by the caller, 480 unavailable, 503 trouble on the way. */
const STATUS: Readonly<Record<Outcome, string>> = {
  talked: '200',
  missed: '304',
  busy: '486',
  'no-answer': '304',
  cancelled: '603-S',
  congestion: '503',
  unavailable: '480',
  other: 'OTHER',
  unknown: 'OTHER'
}

/** Whose call it is: a user's id, or an internal number that Bitrix24 knows. */
export type BitrixUser = { readonly USER_ID: number } | { readonly USER_PHONE_INNER: string }

export type BitrixRegister = BitrixUser & {
  readonly PHONE_NUMBER: string
  /** 1 outgoing, 2 incoming, 3 incoming and redirected, 4 callback. */
  readonly TYPE: 1 | 2 | 3 | 4
  readonly CALL_START_DATE?: string
  /** 1: a lead is made of an unknown number. */
  readonly CRM_CREATE: 0 | 1
  readonly LINE_NUMBER?: string
  readonly EXTERNAL_CALL_ID: string
  /** By default a card pops up, and the chat is told. */
  readonly SHOW: 0
  readonly ADD_TO_CHAT: 0
}

export type BitrixFinish = BitrixUser & {
  readonly CALL_ID: string
  /** Seconds. */
  readonly DURATION: number
  readonly STATUS_CODE: string
  readonly FAILED_REASON?: string
  readonly ADD_TO_CHAT: 0
}

const typeOf = ({ callback, direction, redirected }: Activity): BitrixRegister['TYPE'] => {
  if (direction === 'inbound') return redirected ? 3 : 2
  return callback ? 4 : 1
}

/** The internal number of an extension: 101 of `453*101`. */
export const innerNumber = (extension: string): string => extension.slice(extension.lastIndexOf('*') + 1)

export const bitrixRegister = (activity: Activity, user: BitrixUser, createLeads: boolean): BitrixRegister => ({
  ...user,
  PHONE_NUMBER: activity.client,
  TYPE: typeOf(activity),
  ...(activity.startedAt === undefined ? {} : { CALL_START_DATE: toDate(activity.startedAt).toISOString().replace(/\.\d+Z$/, '+00:00') }),
  CRM_CREATE: createLeads ? 1 : 0,
  ...(activity.line === undefined ? {} : { LINE_NUMBER: activity.line }),
  EXTERNAL_CALL_ID: activity.id,
  SHOW: 0,
  ADD_TO_CHAT: 0
})

export const bitrixFinish = (activity: Activity, user: BitrixUser, callId: string): BitrixFinish => ({
  ...user,
  CALL_ID: callId,
  DURATION: activity.duration,
  STATUS_CODE: STATUS[activity.outcome],
  ...(activity.outcome === 'talked' ? {} : { FAILED_REASON: activity.sentence }),
  ADD_TO_CHAT: 0
})

/** What `finish` settles for good; what the statistics tell of a finished call, in the same words. */
export const finishedAs = (status: string, seconds: number): string => `${status} ${seconds}`
