import type { Either } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type * as t from 'io-ts'
import { describe, expectTypeOf, test } from 'vitest'
import {
  type CallRecord as codec,
  callReducer,
  correlator,
  decode,
  ledger,
  portFrom,
  type CallEvent,
  type CallRecord,
  type Change,
  type DecodeError,
  type EpochMicros,
  type Ignored,
  type LegRecord,
  type Micros,
  type MissedRecord,
  type OneCall,
  type State,
  type StateError
} from 'call-legs'

/** What an editor and a compiler tell a user: `npm run check` judges these lines, nothing of them runs. */

declare const record: CallRecord
declare const change: Change

describe('records', () => {
  test('a kind tells which keys there are', () => {
    if (record.kind === 'missed') {
      expectTypeOf(record).toEqualTypeOf<MissedRecord>()
      expectTypeOf(record.rang).toEqualTypeOf<ReadonlyArray<string>>()
    } else expectTypeOf(record).toEqualTypeOf<LegRecord>()
    if (record.kind === 'unsuccessful') expectTypeOf(record.cause).not.toBeNullable()
    // @ts-expect-error a miss has no talk
    if (record.kind === 'missed') expectTypeOf(record.talkTime)
    // @ts-expect-error a record is readonly
    record.id = 'x'
  })

  test('successful is the first question, and narrows', () => {
    if (record.successful) {
      expectTypeOf(record.kind).toEqualTypeOf<'answered' | 'transferred' | 'callback'>()
      expectTypeOf(record.talkTime).toEqualTypeOf<Micros | undefined>()
    } else expectTypeOf(record.kind).toEqualTypeOf<'missed' | 'unsuccessful' | 'incomplete'>()
  })

  test('a codec and its type are one', () => {
    expectTypeOf<t.TypeOf<typeof codec>>().toEqualTypeOf<CallRecord>()
  })

  test('times and durations are numbers that say their unit', () => {
    if (record.kind === 'missed') expectTypeOf(record.endedAt).toEqualTypeOf<EpochMicros>()
    expectTypeOf<Micros>().toExtend<number>()
  })
})

describe('transitions', () => {
  test('a state goes with its own correlator, and never with the reducer of one call', () => {
    const calls = correlator()
    const [state, changes] = calls.ingest(calls.initial, '')
    expectTypeOf(state).toEqualTypeOf<State>()
    expectTypeOf(changes).toEqualTypeOf<ReadonlyArray<Change>>()
    expectTypeOf(callReducer().initial).toEqualTypeOf<OneCall>()
    // @ts-expect-error the state of one call is not that of all calls
    calls.drain(callReducer().initial)
    expectTypeOf(calls.decode({})).toEqualTypeOf<Either<StateError, State>>()
  })

  test('a change tells by its name what it has', () => {
    if (change.change === 'retracted') expectTypeOf(change).not.toHaveProperty('record')
    if (change.change === 'revised') expectTypeOf(change.previous).toEqualTypeOf<CallRecord>()
    if (change.change === 'rejected') expectTypeOf(change.error).toEqualTypeOf<DecodeError>()
  })

  test('a configuration that means nothing is no program', () => {
    // @ts-expect-error no such type of extension
    expectTypeOf(() => correlator({ directory: { '453*101': 'telephone' } }))
    // @ts-expect-error no such option
    expectTypeOf(() => ledger({ settleAfter: 5 }))
    // @ts-expect-error an option that is undefined is none, under exactOptionalPropertyTypes
    expectTypeOf(() => ledger({ settle: undefined }))
  })

  test('decoding tells what is none of ours from what is wrong', () => {
    expectTypeOf(decode('')).toEqualTypeOf<Either<DecodeError, CallEvent | Ignored>>()
    expectTypeOf(decode).parameter(0).toBeUnknown()
  })
})

test('a port is written as a plain function, and read as a TaskEither', () => {
  const port = portFrom((number: string) => Promise.resolve(number.length))
  expectTypeOf(port('+79160000001')).toExtend<TaskEither<unknown, number>>()
})
