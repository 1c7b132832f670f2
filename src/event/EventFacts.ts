import type { CallEvent, Parties } from './CallEvent.js'
import { sameParties } from './order.js'

/** What few events tell. */
export type RareFacts = Pick<CallEvent, 'transferred' | 'callBackId' | 'extensionType' | 'invalid'>

/**
 * What an event tells, without whose event it is: its leg keeps that. There are three of these in a leg, so
 * they are small: what few events tell stands apart.
 */
export interface EventFacts
  extends Pick<CallEvent, 'kind' | 'at' | 'receivedAt' | 'direction' | 'parties' | 'status' | 'talkTime' | 'recordingId' | 'bridged'> {
  readonly rare: RareFacts | undefined
}

const rareFactsOf = ({ transferred, callBackId, extensionType, invalid }: CallEvent): RareFacts | undefined =>
  transferred === undefined && callBackId === undefined && extensionType === undefined && invalid === undefined
    ? undefined
    : { transferred, callBackId, extensionType, invalid }

/** One text for two that are alike. */
const shared = (text: string | undefined, known: string | undefined): string | undefined => (text === known ? known : text)

/** The same parties, with the texts that the call's other legs have already. */
export const shareTexts = (parties: Parties, known: Parties): Parties => ({
  callerNumber: shared(parties.callerNumber, known.callerNumber),
  callerName: shared(parties.callerName, known.callerName),
  calledNumber: shared(parties.calledNumber, known.calledNumber),
  did: shared(parties.did, known.did),
  callerExtension: shared(parties.callerExtension, known.callerExtension),
  callerExtensionId: shared(parties.callerExtensionId, known.callerExtensionId),
  calledExtension: shared(parties.calledExtension, known.calledExtension),
  calledExtensionId: shared(parties.calledExtensionId, known.calledExtensionId),
  remoteNumber: shared(parties.remoteNumber, known.remoteNumber),
  callApiId: shared(parties.callApiId, known.callApiId)
})

/** What the event tells; with what is known already of who is on the line, so that the same is kept but once. */
export const factsOf = (event: CallEvent, known?: Parties): EventFacts => ({
  kind: event.kind,
  at: event.at,
  receivedAt: event.receivedAt,
  direction: event.direction,
  parties: known !== undefined && sameParties(known, event.parties) ? known : event.parties,
  status: event.status,
  talkTime: event.talkTime,
  recordingId: event.recordingId,
  bridged: event.bridged,
  rare: rareFactsOf(event)
})

/** The event again, as its wire made it. */
export const eventOf = (callId: string, subCallId: string, { rare, ...facts }: EventFacts): CallEvent => ({ callId, subCallId, ...facts, ...rare })
