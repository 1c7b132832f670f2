import { toDate } from 'call-legs'
import type { Activity, Outcome } from './Activity.js'

/**
 * What HubSpot takes: a call by a unique property of the account's own, which holds the record's id, in
 * `POST /crm/v3/objects/calls/batch/upsert`. The same again changes the call; it never makes a second one.
 */

/** Nothing where the end was not seen. */
const STATUS: Readonly<Record<Outcome, string | undefined>> = {
  talked: 'COMPLETED',
  missed: 'MISSED',
  busy: 'BUSY',
  'no-answer': 'NO_ANSWER',
  cancelled: 'CANCELED',
  congestion: 'FAILED',
  unavailable: 'FAILED',
  other: 'FAILED',
  unknown: undefined
}

/** What a call carries besides the record. */
export interface HubspotContext {
  /** The name of the unique property. */
  readonly idProperty: string
  /** The owner's id. */
  readonly owner?: string
  /** A link to the recording. */
  readonly link?: string
}

export interface HubspotInput {
  readonly idProperty: string
  readonly id: string
  readonly properties: Readonly<Record<string, string>>
}

export const hubspotInput = (activity: Activity, { idProperty, owner, link }: HubspotContext): HubspotInput => {
  const { id, client, direction, line, startedAt, duration, outcome, sentence } = activity
  const status = STATUS[outcome]
  const [from, to] = direction === 'inbound' ? [client, line] : [line, client]
  return {
    idProperty,
    id,
    properties: {
      [idProperty]: id,
      ...(startedAt === undefined ? {} : { hs_timestamp: toDate(startedAt).toISOString() }),
      hs_call_title: outcome === 'missed' ? 'Missed call' : direction === 'inbound' ? 'Incoming call' : 'Outgoing call',
      hs_call_body: sentence,
      hs_call_direction: direction.toUpperCase(),
      hs_call_duration: String(duration * 1000),
      ...(status === undefined ? {} : { hs_call_status: status }),
      ...(from === undefined ? {} : { hs_call_from_number: from }),
      ...(to === undefined ? {} : { hs_call_to_number: to }),
      ...(owner === undefined ? {} : { hubspot_owner_id: owner }),
      ...(link === undefined ? {} : { hs_call_recording_url: link })
    }
  }
}
