/** Telephone words for the events of a story: a leg is set up once, then it rings, answers and hangs up at so many seconds. */
import type { CallEvent, InvalidField, Parties } from '../../src/event/CallEvent.js'
import type { EpochMicros, Micros } from '../../src/event/time.js'
import type { CallRecord } from '../../src/record/CallRecord.js'

/** Whatever else a single event carries. */
export type Extra = Partial<Omit<CallEvent, 'parties'>> & { readonly parties?: Parties }

export interface LegScript {
  /** `dial-in` of an incoming leg, `dial-out` of an outgoing one. */
  readonly rings: (at: number, extra?: Extra) => CallEvent
  readonly answers: (at: number, extra?: Extra) => CallEvent
  /** Without a status: absent. */
  readonly hangsUp: (at: number, status?: string, extra?: Extra) => CallEvent
}

export const CALL = 'c1'
export const CLIENT = '+79160000001'
export const MOBILE = '+79160000009'
export const DID = '74950000001'

/** The moment so many seconds into the story. */
export const at = (second: number): EpochMicros => 1_780_000_000_000_000 + second * 1_000_000

/** So many seconds. */
export const lasting = (second: number): Micros => second * 1_000_000

const script = (all: Extra & { readonly subCallId: string }): LegScript => {
  const event = (kind: CallEvent['kind'], second: number, status: string | undefined, extra: Extra): CallEvent => ({
    callId: CALL,
    ...all,
    kind,
    at: at(second),
    ...(status === undefined ? {} : { status }),
    ...extra,
    parties: { ...all.parties, ...extra.parties }
  })
  return {
    rings: (second, extra = {}) => event('dial', second, 'CALLING', extra),
    answers: (second, extra = {}) => event('answer', second, 'ANSWER', extra),
    hangsUp: (second, status, extra = {}) => event('hangup', second, status, extra)
  }
}

/** The SubCallID of extension 453*n's leg: its numeric id, a dash, and which of its legs this is. */
export const sub = (n: number, which = 'a'): string => `85${n}-${which}`

/** Extension 453*n is rung by `from`. */
export const incoming = (n: number, from: string = CLIENT, extra: Extra = {}, which?: string): LegScript =>
  script({
    direction: 'incoming',
    ...extra,
    subCallId: sub(n, which),
    parties: {
      callerNumber: from,
      calledNumber: `453*${n}`,
      calledExtension: `453*${n}@pbx.example`,
      calledExtensionId: `85${n}`,
      ...extra.parties
    }
  })

/** Extension 453*n dials `to`. */
export const outgoing = (n: number, to: string = CLIENT, extra: Extra = {}, which?: string): LegScript =>
  script({
    direction: 'outgoing',
    ...extra,
    subCallId: sub(n, which),
    parties: {
      callerNumber: `453*${n}`,
      callerExtension: `453*${n}@pbx.example`,
      callerExtensionId: `85${n}`,
      calledNumber: to,
      ...extra.parties
    }
  })

/** Extension 453*n sends the call on to `to`, outside. */
export const forward = (n: number, to: string = MOBILE, extra: Extra = {}, which?: string): LegScript =>
  outgoing(n, to, { transferred: true, ...extra }, which)

export const invalid = (field: string, value: string): { readonly invalid: ReadonlyArray<InvalidField> } => ({
  invalid: [{ field, value }]
})

/** What every record of extension 453*n's leg has. */
export const legOf = (n: number, which?: string) =>
  ({ v: 1, id: `${CALL}/${sub(n, which)}`, callId: CALL, subCallId: sub(n, which), extension: `453*${n}`, because: [] }) as const

/** What every record of extension 453*n's forward outside has. */
export const forwardOf = (n: number, which?: string) =>
  ({ ...legOf(n, which), id: `${CALL}/${sub(n, which)}/transferred`, direction: 'outgoing' }) as const

/** What every miss at extension 453*n has. */
export const missOf = (n: number) =>
  ({ ...legOf(n), id: `${CALL}/missed`, kind: 'missed', direction: 'incoming', successful: false }) as const

/** The records, checked by the compiler. */
export const ledger = (...records: ReadonlyArray<CallRecord>): ReadonlyArray<CallRecord> => records
