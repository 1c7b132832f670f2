/** Telephone words for the events of a story, as the PBX sends them. */
import type { Delivery } from 'call-legs/webhook'
import { decode, type EpochMicros } from 'call-legs'
import { isRight } from 'fp-ts/lib/Either.js'

export const CLIENT = '+79160000001'

/** The moment so many seconds into the story. */
export const at = (second: number): EpochMicros => 1_780_000_000_000_000 + second * 1_000_000

export const lasting = (second: number): number => second * 1_000_000

export type Fields = Readonly<Record<string, string>>

/** The company of the stories: a queue, and phones. */
export const directory = { '453*101': 'phone', '453*102': 'phone', '453*887': 'queue' } as const

const leg = (call: string, extension: string, id: string, from: string): Fields => ({
  CallID: call,
  SubCallID: `${id}-${call}`,
  CallFlow: 'in',
  CallerIDNum: from,
  CalledNumber: extension,
  CalledExtension: `${extension}@pbx.example`,
  CalledExtensionID: id,
  CalledDID: '74950000001'
})

const event = (of: Fields, kind: string, second: number, more: Fields = {}): Fields => ({ ...of, EventType: kind, EventTime: String(at(second)), ...more })

export interface Phone {
  readonly rings: (second: number) => Fields
  readonly answers: (second: number) => Fields
  readonly hangsUp: (second: number, status?: string, more?: Fields) => Fields
}

const script = (of: Fields): Phone => ({
  rings: (second) => event(of, 'dial-in', second, { CallStatus: 'CALLING' }),
  answers: (second) => event(of, 'answer', second, { CallStatus: 'ANSWER' }),
  hangsUp: (second, status = 'ANSWER', more = {}) => event(of, 'hangup', second, { CallStatus: status, ...more })
})

/** Extension 453*n is rung by the client. */
export const phone = (call: string, n = 101, from: string = CLIENT): Phone => script(leg(call, `453*${n}`, `85${n}`, from))

/** The queue 453*887 takes the client. */
export const queue = (call: string, from: string = CLIENT): Phone => script(leg(call, '453*887', '96857', from))

/** A talk of half a minute at 453*101. */
export const talk = (call: string, from: string = CLIENT): ReadonlyArray<Fields> => {
  const { rings, answers, hangsUp } = phone(call, 101, from)
  return [rings(0), answers(5), hangsUp(35)]
}

/** A call that reaches nobody. */
export const lost = (call: string, from: string = CLIENT): ReadonlyArray<Fields> => {
  const { rings, hangsUp } = queue(call, from)
  return [rings(0), hangsUp(20, 'ANSWER', { Bridged: 'no' })]
}

/** What the webhook makes of it. */
export const delivered = (fields: Fields, receivedAt: EpochMicros = Number(fields.EventTime)): Delivery => {
  const decoded = decode(fields, receivedAt)
  if (!isRight(decoded) || decoded.right.kind === 'ignored') throw new Error('the story tells no event')
  return { event: decoded.right, fields, receivedAt }
}
