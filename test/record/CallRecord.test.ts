import { isLeft, isRight } from 'fp-ts/lib/Either.js'
import { PathReporter } from 'io-ts/lib/PathReporter.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CallRecord, LedgerOrd, sortLedger } from '../../src/index.js'
import { configArb, decoded, drained, eventInput, ledgerOf, placedInput, runs } from '../laws/run.js'
import { streamArb, wildCallArb } from '../pbx/index.js'

const ledgers = fc
  .tuple(fc.oneof(streamArb({ calls: 4 }), streamArb({ calls: 2, call: wildCallArb, keepTimes: true })), configArb)
  .map(([{ events, placed }, config]) => ledgerOf(drained(config, [...placed.map(placedInput), ...decoded(events).map(eventInput)])))

test('a record goes into JSON and back, absent facts are absent keys', () => {
  fc.assert(
    fc.property(ledgers, (ledger) => {
      for (const record of ledger) {
        expect(CallRecord.is(record)).toBe(true)
        expect(CallRecord.decode(JSON.parse(JSON.stringify(CallRecord.encode(record))))).toStrictEqual({ _tag: 'Right', right: record })
      }
    }),
    runs(300)
  )
})

test('the ledger is sorted by endedAt, absent last, then by id', () => {
  fc.assert(
    fc.property(ledgers, (ledger) => {
      expect(sortLedger([...ledger].reverse())).toEqual(ledger)
      ledger.slice(1).forEach((record, i) => {
        const before = ledger[i]
        expect(before !== undefined && LedgerOrd.compare(before, record)).toBe(-1)
        expect(before !== undefined && LedgerOrd.equals(before, record)).toBe(false)
        expect(LedgerOrd.equals(record, { ...record }) && LedgerOrd.compare(record, { ...record })).toBe(0)
        if (before?.kind === 'incomplete') expect(record.kind).toBe('incomplete')
      })
    }),
    runs(200)
  )
})

const missed = {
  v: 1,
  id: 'c1/missed',
  kind: 'missed',
  direction: 'incoming',
  successful: false,
  callId: 'c1',
  subCallId: '1-a',
  extensionType: 'queue',
  endedAt: 1_780_000_000_000_000,
  rang: [],
  because: ['R-missed']
}

test('a record of another version, another kind, or without what it must have is refused; what is not known is left out', () => {
  const decodedNew = CallRecord.decode({ ...missed, novelty: 1 })
  expect(isRight(decodedNew) && decodedNew.right).toStrictEqual(missed)
  expect(CallRecord.decode({ ...missed, because: ['R-missed', 'R-novelty'] })).toStrictEqual({ _tag: 'Right', right: missed })
  expect(PathReporter.report(CallRecord.decode({ ...missed, kind: 'lost' }))).toEqual(['is no kind of record'])
  expect(isLeft(CallRecord.decode({ ...missed, kind: '__proto__' }))).toBe(true)
  for (const wrong of [{ v: 2 }, { rang: 'x' }, { endedAt: 1.5 }, { direction: 'outgoing' }, { because: 'R-missed' }, { successful: true }]) {
    expect(isLeft(CallRecord.decode({ ...missed, ...wrong }))).toBe(true)
    expect(CallRecord.is({ ...missed, ...wrong })).toBe(false)
  }
})
