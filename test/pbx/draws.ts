import fc from 'fast-check'
import { minutes, seconds, type Micros } from '../../src/event/time.js'
import { callerNames, clientNumbers, dids, outsideNumbers, phones, type Phone, type Queue } from './company.js'
import { hexOf } from './ids.js'
import type { Setup } from './Script.js'
import type { Dialect, WireEvent } from './wire.js'

/** `small` calls have at most 7 events, so that all their permutations can be tried. */
export type Size = 'any' | 'small'

/** A client, and by which public number he came in. */
export interface Client {
  readonly number: string
  readonly name?: string | undefined
  readonly did?: string | undefined
}

const maybe = <A>(arbitrary: fc.Arbitrary<A>): fc.Arbitrary<A | undefined> => fc.option(arbitrary, { nil: undefined, freq: 3 })

const between = (min: Micros, max: Micros): fc.Arbitrary<Micros> => fc.integer({ min, max })

export const client: fc.Arbitrary<Client> = fc
  .record({
    number: fc.constantFrom(...clientNumbers),
    named: maybe(fc.constantFrom('', ...callerNames)),
    did: maybe(fc.constantFrom(...dids))
  })
  .map(({ number, named, did }) => ({ number, name: named === '' ? number : named, did }))

/** A client who may hide his number. */
export const anyCaller: fc.Arbitrary<Partial<Client>> = fc.oneof(
  { weight: 6, arbitrary: client },
  { weight: 1, arbitrary: client.map(({ did }) => ({ did })) }
)

export const outside = fc.constantFrom(...outsideNumbers)
export const phone = fc.constantFrom(...phones)
export const queue = fc.constantFrom<Queue>(887, 888)

/** Phones that differ. */
export const crew = fc
  .shuffledSubarray([...phones], { minLength: 4, maxLength: 4 })
  .map(([first = 101, second = 102, third = 103, fourth = 104]) => ({ first, second, third, fourth }))

/** A phone rings: twice this is less than the ring time-out, for a phone that rings on while its call is forwarded. */
export const ringing = fc.oneof(
  { weight: 5, arbitrary: between(seconds(2), seconds(30)) },
  { weight: 1, arbitrary: between(0, seconds(75)) }
)

/** Two people talk. Calls are kept short enough that no call of a stream is let go before the stream ends. */
export const talk = fc.oneof(
  { weight: 3, arbitrary: between(seconds(5), minutes(3)) },
  { weight: 1, arbitrary: between(0, minutes(12)) }
)

/** An IVR plays its greeting, a queue its music. */
export const listening = fc.oneof(
  { weight: 4, arbitrary: between(seconds(1), seconds(25)) },
  { weight: 1, arbitrary: between(0, minutes(2)) }
)

/** How a leg ends on which nobody talked. */
export const unanswered = fc.constantFrom('NOANSWER', 'CANCEL', 'BUSY', 'CONGESTION', 'CHANUNAVAIL')

/** How a talk ends: nearly always properly. */
export const endOfTalk = fc.oneof(
  { weight: 12, arbitrary: fc.constant('ANSWER') },
  { weight: 1, arbitrary: fc.constantFrom('CANCEL', 'BUSY') }
)

/** What the PBX calls the end of an IVR or a queue; it means nothing. */
export const endOfService = fc.constantFrom('ANSWER', 'NOANSWER', 'CANCEL')

/** Statuses that are none of the six: some that the PBX's engine knows, one that only looks like a success. */
export const unknownStatus = fc.constantFrom('REJECTED', 'DONTCALL', 'INVALIDARGS', 'answer', 'ANSWERED', undefined)

/** Phones that ring together, and for how long. */
export interface Round {
  readonly phones: ReadonlyArray<Phone>
  readonly ringing: Micros
}

/** The same rounds without this phone. */
export const sparing = (spared: Phone, all: ReadonlyArray<Round>): ReadonlyArray<Round> =>
  all
    .map((round) => ({ ...round, phones: round.phones.filter((it) => it !== spared) }))
    .filter((round) => round.phones.length > 0)

/** A queue's rounds in which nobody answers; a phone may ring in several of them. */
export const rounds = (size: Size): fc.Arbitrary<ReadonlyArray<Round>> =>
  size === 'small'
    ? fc.array(fc.record({ phones: phone.map((it) => [it]), ringing }), { maxLength: 1 })
    : fc.array(fc.record({ phones: fc.shuffledSubarray([...phones], { minLength: 1, maxLength: 3 }), ringing }), { maxLength: 3 })

/** Fields that nobody has documented. */
export const unknownFields: fc.Arbitrary<WireEvent> = fc.constantFrom(
  {},
  { AccountName: 'ООО «Ромашка»', TariffID: '17' },
  { 'X-Trace': 'a=1&b=2', event_version: '2' }
)

/** An installation of the PBX. */
export const dialect: fc.Arbitrary<Dialect> = fc.record({
  duration: fc.boolean(),
  drift: fc.oneof(fc.constant(0), between(1, 400_000)),
  recordings: fc.boolean(),
  callApiId: fc.boolean(),
  capitals: fc.boolean(),
  extType: fc.boolean(),
  remoteEverywhere: fc.boolean(),
  didAsCalledNumber: fc.boolean()
})

/** The small gaps between events: mostly fractions of a second, sometimes microseconds, sometimes near the settle window. */
export const moments: fc.Arbitrary<ReadonlyArray<Micros>> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: between(20_000, 900_000) },
    { weight: 2, arbitrary: between(1, 20_000) },
    { weight: 1, arbitrary: between(seconds(1), seconds(4)) }
  ),
  { minLength: 1, maxLength: 6 }
)

/** When the calls of tests begin: within half an hour of each other. */
const startAt = between(0, minutes(30)).map((after) => 1_780_000_000_000_000 + after)

export const setup = (
  installation: fc.Arbitrary<Dialect>,
  gaps: fc.Arbitrary<ReadonlyArray<Micros>>,
  unknown: fc.Arbitrary<WireEvent>
): fc.Arbitrary<Setup> =>
  fc.record({
    callId: fc.noBias(fc.nat({ max: 0xffff_ffff })).map((n) => hexOf(`call ${n}`)),
    startAt,
    moments: gaps,
    dialect: installation,
    unknownFields: unknown
  })
