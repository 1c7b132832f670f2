import type { CallEvent, Parties } from './CallEvent.js'

/** What a dial or an answer seldom tells. */
export type MoreFacts = Pick<
  CallEvent,
  'talkTime' | 'recordingId' | 'bridged' | 'transferred' | 'callBackId' | 'extensionType' | 'invalid'
>

/**
 * What an event tells, without whose event it is: its leg keeps that. There are three of these in a leg, so
 * they are small: what a dial or an answer seldom tells stands apart.
 */
export interface EventFacts extends Pick<CallEvent, 'kind' | 'at' | 'receivedAt' | 'direction' | 'parties' | 'status'> {
  readonly more: MoreFacts | undefined
}

const moreFactsOf = ({ talkTime, recordingId, bridged, transferred, callBackId, extensionType, invalid }: CallEvent): MoreFacts | undefined =>
  talkTime === undefined &&
  recordingId === undefined &&
  bridged === undefined &&
  transferred === undefined &&
  callBackId === undefined &&
  extensionType === undefined &&
  invalid === undefined
    ? undefined
    : { talkTime, recordingId, bridged, transferred, callBackId, extensionType, invalid }

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

/** What the event tells; who is on the line may be known already, so that the same is kept but once. */
export const factsOf = (event: CallEvent, parties: Parties = event.parties): EventFacts => ({
  kind: event.kind,
  at: event.at,
  receivedAt: event.receivedAt,
  direction: event.direction,
  parties,
  status: event.status,
  more: moreFactsOf(event)
})

/** The event again, as its wire made it. */
export const eventOf = (callId: string, subCallId: string, { more, ...facts }: EventFacts): CallEvent => ({ callId, subCallId, ...facts, ...more })
