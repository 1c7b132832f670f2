/** An event as the PBX sends it. */
export type WireEvent = Readonly<Record<string, string>>

/** 2026-06-03, 09:00:00 in Moscow, 06:00:00 UTC. */
const NINE = 1_780_466_400

/** So many seconds after nine o'clock, as the wire has it. */
const at = (seconds: number): string => String(Math.round((NINE + seconds) * 1_000_000))

const MOBILE = '+79160000001'

export const DIRECTORY = JSON.stringify({ '453*101': 'phone', '453*102': 'phone', '453*800': 'ivr', '453*887': 'queue' })

export const json = (event: WireEvent): string => `${JSON.stringify(event)}\n`

export const form = (event: WireEvent): string => `${new URLSearchParams(event).toString()}\n`

export const lines = (events: ReadonlyArray<WireEvent>): string => events.map(json).join('')

const incoming = (callId: string, extension: string, id: string): WireEvent => ({
  CallID: callId,
  SubCallID: `${id}-${callId}`,
  CallFlow: 'in',
  CallerIDNum: MOBILE,
  CalledNumber: extension,
  CalledExtension: `${extension}@pbx.example`,
  CalledExtensionID: id,
  CalledDID: '74950000001'
})

/** A client who calls a phone directly: it rings, is answered after 5 s, and hangs up after 65. */
export const answeredCall = (callId: string, from: number, more: WireEvent = {}): ReadonlyArray<WireEvent> => {
  const leg = { ...incoming(callId, '453*101', '85218'), ...more }
  return [
    { EventType: 'dial-in', EventTime: at(from), CallStatus: 'CALLING', ...leg },
    { EventType: 'answer', EventTime: at(from + 5), CallStatus: 'ANSWER', ...leg },
    { EventType: 'hangup', EventTime: at(from + 65), CallStatus: 'ANSWER', Duration: '60000000', ...leg }
  ]
}

/** A client who waits in the queue for 30 s, and gives up. */
export const missedCall = (callId: string, from: number, more: WireEvent = {}): ReadonlyArray<WireEvent> => {
  const leg = { ...incoming(callId, '453*887', '96857'), ...more }
  return [
    { EventType: 'dial-in', EventTime: at(from), CallStatus: 'CALLING', ...leg },
    { EventType: 'hangup', EventTime: at(from + 30), CallStatus: 'CANCEL', Bridged: 'no', ...leg }
  ]
}

/** A phone that dials a number which is busy. */
export const busyCall = (callId: string, from: number, more: WireEvent = {}): ReadonlyArray<WireEvent> => {
  const leg = {
    CallID: callId,
    SubCallID: `85219-${callId}`,
    CallFlow: 'out',
    CallerIDNum: '453*102',
    CallerExtension: '453*102@pbx.example',
    CallerExtensionID: '85219',
    CalledNumber: '+79160000002',
    ...more
  }
  return [
    { EventType: 'dial-out', EventTime: at(from), CallStatus: 'CALLING', ...leg },
    { EventType: 'hangup', EventTime: at(from + 4), CallStatus: 'BUSY', ...leg }
  ]
}
