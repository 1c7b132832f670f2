import fc from 'fast-check'
import { fromMillis, ledger, seconds, type CallRecord, type EpochMicros } from '../../src/index.js'
import { streamArb, wildCallArb } from '../pbx/index.js'
import { configArb, decoded } from '../laws/run.js'

/** Records as a PBX's events lead to them. */
const played: fc.Arbitrary<ReadonlyArray<CallRecord>> = fc
  .tuple(fc.oneof(streamArb({ calls: 8 }), streamArb({ calls: 4, call: wildCallArb, keepTimes: true })), configArb)
  .map(([{ events, placed }, config]) => ledger(config)([...decoded(events), ...placed.map((one) => ({ placed: one }))]).records)

const NIGHT = fromMillis(Date.parse('2026-10-24T21:00:00Z'))

/** Moments of one night in which clocks are set back, many of them the same. */
const moment: fc.Arbitrary<EpochMicros> = fc.nat({ max: 60 }).map((n) => NIGHT + n * seconds(300))

const maybe = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: undefined })

/** The facts that are there. */
const known = <A extends object>(facts: A): { [K in keyof A]?: Exclude<A[K], undefined> } => {
  const kept = { ...facts }
  for (const [key, value] of Object.entries(facts)) if (value === undefined) Reflect.deleteProperty(kept, key)
  return kept
}

const facts = fc.record({
  callId: fc.constantFrom('c1', 'c2', 'c3', 'c4'),
  leg: fc.constantFrom('a', 'b', 'c'),
  direction: fc.constantFrom('incoming' as const, 'outgoing' as const),
  because: fc.constantFrom([], [], [], ['R-local' as const]),
  endedAt: moment,
  optional: fc
    .record({
      extension: maybe(fc.constantFrom('453*101', '453*102', '')),
      remoteNumber: maybe(fc.constantFrom('+79160000001', '79160000001', '+79160000002', 'anonymous')),
      startedAt: maybe(moment),
      callBackId: fc.option(fc.constant('77'), { nil: undefined, freq: 1 })
    })
    .map(known),
  ofLeg: fc
    .record({
      answeredAt: maybe(moment),
      transfer: fc.option(fc.constantFrom({}, { client: '+79160000001' }), { nil: undefined, freq: 1 }),
      onBehalf: fc.option(fc.constant(true as const), { nil: undefined, freq: 1 })
    })
    .map(known)
})

type Facts = typeof facts extends fc.Arbitrary<infer F> ? F : never

const recordOf = ({ callId, leg, direction, because, endedAt, optional, ofLeg }: Facts, kind: CallRecord['kind']): CallRecord => {
  const common = { v: 1, id: `${callId}/${leg}`, callId, subCallId: leg, because, ...optional } as const
  switch (kind) {
    case 'missed':
      return { ...common, id: `${callId}/missed`, kind, direction: 'incoming', successful: false, endedAt, extensionType: 'queue', rang: [] }
    case 'unsuccessful':
      return { ...common, ...ofLeg, kind, direction, successful: false, endedAt, cause: 'busy' }
    case 'incomplete':
      return { ...common, ...ofLeg, kind, direction, successful: false }
    default:
      return { ...common, ...ofLeg, kind, direction, successful: true, endedAt, talkTime: seconds(60) }
  }
}

/** Records that no PBX would lead to, so that facts meet which never meet in a company. No two have the same id. */
const odd: fc.Arbitrary<ReadonlyArray<CallRecord>> = fc.uniqueArray(
  fc.tuple(facts, fc.constantFrom<CallRecord['kind']>('answered', 'transferred', 'callback', 'missed', 'missed', 'unsuccessful', 'incomplete')).map(([some, kind]) => recordOf(some, kind)),
  { selector: ({ id }) => id, maxLength: 12 }
)

export const recordsArb: fc.Arbitrary<ReadonlyArray<CallRecord>> = fc.oneof(played, odd)

/** The same records in any order, some of them more than once. */
export const disorderedRecordsArb = (records: ReadonlyArray<CallRecord>): fc.Arbitrary<ReadonlyArray<CallRecord>> =>
  fc
    .subarray([...records])
    .chain((repeats) => fc.shuffledSubarray([...records, ...repeats], { minLength: records.length + repeats.length }))
