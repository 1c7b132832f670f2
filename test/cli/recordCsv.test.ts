import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { recordCsv } from '../../src/cli/recordCsv.js'
import type { CallRecord } from '../../src/index.js'
import { runWith } from './command.js'
import { answered, busy, incomplete, missed } from './records.js'
import { answeredCall, lines } from './wire.js'

const csv = (...records: ReadonlyArray<CallRecord>): string => [...recordCsv(records, 'utc')].join('')
const read = (text: string): ReadonlyArray<Readonly<Record<string, string>>> => parse(text, { columns: true, record_delimiter: '\r\n' })

test('one record a row, with times as ISO 8601 and talk in seconds', () => {
  expect(csv(answered, missed).split('\r\n')).toEqual([
    'began,answered,ended,kind,direction,extension,number,name,talk_seconds,did,cause,rang,transferred_from,transferred_client,callback_id,recording_id,call_id,id',
    '2026-06-03T06:00:00Z,2026-06-03T06:00:05Z,2026-06-03T06:03:12Z,answered,incoming,453*101,+79160000001,,187,74950000001,,,,,,,ab12,ab12/85218-ab12',
    '2026-06-03T06:00:00Z,,2026-06-03T06:00:30Z,missed,incoming,453*887,,,,,,453*101 453*102,,,,,cd34,cd34/missed',
    ''
  ])
})

test('another parser reads back what was written, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom(answered, busy, incomplete, missed), (remoteName, record) => {
      const [row] = read(csv({ ...record, remoteName }))
      expect(row?.['name']?.replace(/^'/, '')).toBe(remoteName.replace(/^'/, ''))
      expect(row?.['id']).toBe(record.id)
    })
  )
})

describe('a spreadsheet runs nothing', () => {
  test.each(['=1+1', '+cmd|x', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '  =1', '=HYPERLINK("http://x")'])('%j is text', (remoteName) => {
    expect(read(csv({ ...answered, remoteName }))[0]?.['name']).toBe(`'${remoteName}`)
  })
  test.each(['+79160000001', 'Иванов', 'a=b', '453*101', '1-2'])('%j stays as it is', (remoteName) => {
    expect(read(csv({ ...answered, remoteName }))[0]?.['name']).toBe(remoteName)
  })
})

test('in the time zone of the machine times have their offset', async () => {
  const { stdout } = await runWith(lines(answeredCall('a1', 0)), 'classify', '--format', 'csv')
  expect(read(stdout)[0]?.['began']).toBe('2026-06-03T09:00:00+03:00')
})
