import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ledger } from '../../src/index.js'
import type { CallRecord } from '../../src/record/CallRecord.js'
import type { Expected } from '../../src/testing/Script.js'
import { companyConfig, flows } from './index.js'

const told = (record: CallRecord): Expected =>
  'talkTime' in record ? { id: record.id, kind: record.kind, talkTime: record.talkTime } : { id: record.id, kind: record.kind }

const byId = (a: Expected, b: Expected): number => (a.id < b.id ? -1 : 1)

describe('the records of a call are those that its story tells', () => {
  test.each(flows)('$name', ({ arbitrary, small }) => {
    fc.assert(
      fc.property(fc.oneof(arbitrary, small), ({ events, placed, expected }) => {
        fc.pre(expected !== undefined)
        const { records } = ledger(companyConfig)([...events, ...(placed === undefined ? [] : [{ placed }])])
        expect(records.map(told).sort(byId)).toEqual([...expected].sort(byId))
      }),
      { numRuns: 300 }
    )
  })
})
