import type { PlacedByVendor } from './Vendor.js'

/** What the PBX sends of a call that was placed through its API, addressed to the source's own extension: the outgoing leg alone. */
export const eventsOfPlaced = (
  { callId, extension, body }: PlacedByVendor,
  { at, status = 'ANSWER' }: { readonly at: number; readonly status?: string }
): ReadonlyArray<Readonly<Record<string, string>>> => {
  const id = callId.toLowerCase()
  const leg = {
    CallID: id,
    SubCallID: `${extension.id}-${id}`,
    CallAPIID: `3584709739-${id}`,
    CallFlow: 'out',
    CallerIDNum: extension.name,
    CallerExtension: `${extension.name}@pbx.example`,
    CallerExtensionID: String(extension.id),
    CalledNumber: body.dst_num
  }
  const dial = { ...leg, EventType: 'dial-out', EventTime: String(at), CallStatus: 'CALLING' }
  const answer = { ...leg, EventType: 'answer', EventTime: String(at + 9_000_000), CallStatus: 'ANSWER' }
  const talk = 42_000_000
  const hangup = { ...leg, EventType: 'hangup', EventTime: String(at + 9_000_000 + talk), CallStatus: status, Duration: String(talk) }
  return status === 'ANSWER' ? [dial, answer, hangup] : [dial, { ...hangup, Duration: '0' }]
}
