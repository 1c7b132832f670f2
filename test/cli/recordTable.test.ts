import { describe, expect, test } from 'vitest'
import { takesColours } from '../../src/cli/colours.js'
import { displayWidth } from '../../src/cli/displayWidth.js'
import { notesOf } from '../../src/cli/recordNotes.js'
import { recordTable } from '../../src/cli/recordTable.js'
import { hours, seconds, type CallRecord } from '../../src/index.js'
import { answered, busy, incomplete, missed, SIX } from './records.js'

const table = (...records: ReadonlyArray<CallRecord>): string => [...recordTable(records, { zone: 'utc' })].join('')

test('a table for people', () => {
  expect(table(busy, missed, answered, incomplete)).toBe(`2026-06-03, UTC

began     ended     kind          direction  extension  number        talk  DID          notes
06:00:00  06:00:04  unsuccessful  outgoing   453*101    +79160000002                     busy
06:00:00  06:00:30  missed        incoming   453*887                                     at queue; rang 453*101, 453*102
06:00:00  06:03:12  answered      incoming   453*101    +79160000001  3:07  74950000001
06:00:00            incomplete    outgoing   453*101                                     never hung up

4 records: 1 unsuccessful, 1 missed, 1 answered, 1 incomplete
`)
})

test('of several days each time says its day', () => {
  const rows = table(busy, { ...answered, endedAt: SIX + 86_400_000_000 }).split('\n')
  expect(rows[0]).toBe('2026-06-03 to 2026-06-04, UTC')
  expect(rows[4]).toMatch(/^2026-06-03 06:00:00 {2}2026-06-04 06:00:00 {2}answered/)
})

test('on the night on which the clocks go back each time has its day and its offset, whole', () => {
  const zone = process.env['TZ']
  process.env['TZ'] = 'Europe/Berlin'
  try {
    const night = Date.UTC(2026, 9, 25) * 1000
    const calls = [0.5, 1.5, 24].map((hour) => ({ ...busy, startedAt: night + hours(hour), endedAt: night + hours(hour) + seconds(4) }))
    const rows = [...recordTable(calls, { zone: 'local' })].join('').split('\n').slice(3, 6)
    expect(rows.map((row) => row.split(/ {2,}/).slice(0, 2))).toEqual([
      ['2026-10-25 02:30:00+02:00', '2026-10-25 02:30:04+02:00'],
      ['2026-10-25 02:30:00+01:00', '2026-10-25 02:30:04+01:00'],
      ['2026-10-26 01:00:00', '2026-10-26 01:00:04']
    ])
  } finally {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  }
})

test('nothing is said plainly', () => {
  expect(table()).toBe('no records\n')
})

test('a column of names, if anybody has another name than his number; columns stay right for Cyrillic and wide text', () => {
  const named = (remoteName: string): CallRecord => ({ ...answered, remoteName })
  const rows = table(named('ООО «Ромашка»'), named('株式会社'), named('+79160000001'), answered).split('\n').slice(2, 7)
  const column = displayWidth(rows[0]?.split('talk')[0] ?? '')
  expect(rows[0]).toMatch(/ number +name +talk /)
  for (const row of rows.slice(1)) {
    const [before = ''] = row.split('3:07')
    expect(displayWidth(before)).toBe(column)
  }
  expect(rows[3]).not.toMatch(/\+79160000001 +\+79160000001/)
  expect(table(named('+79160000001'))).not.toContain('name')
})

test('a long cell is cut, with an ellipsis', () => {
  const rows = table({ ...answered, remoteName: 'Ы'.repeat(256) }).split('\n')
  expect(rows[3]).toContain(`${'Ы'.repeat(23)}…`)
  expect(rows[3]).not.toContain('Ы'.repeat(24))
})

test('control characters of the data do not reach the terminal, and forge no row', () => {
  const text = table({ ...answered, remoteName: '\u001b[31mred\n\u009b2J', extension: '453*101\r\u202e' })
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
  expect(text.trimEnd().split('\n')).toHaveLength(6)
  expect(text).toContain('\\u001b[31mred\\u000a')
})

test('many records come in pieces, in one and the same layout', () => {
  const records = Array.from({ length: 60 }, (_, i): CallRecord => ({ ...answered, remoteNumber: '+7'.padEnd(3 + (i % 9), '0') }))
  const pieces = [...recordTable(records, { zone: 'utc' })]
  expect(pieces.length).toBeGreaterThan(4)
  const rows = pieces.join('').split('\n').slice(3, 63)
  expect(new Set(rows.map((row) => row.indexOf('3:07'))).size).toBe(1)
})

test.each([
  ['abc', 3],
  ['Ромашка', 7],
  ['и\u0306', 1],
  ['株式', 4],
  ['😀', 2],
  ['', 0]
])('%s takes its columns', (text, width) => {
  expect(displayWidth(text)).toBe(width)
})

test.each<readonly [CallRecord, string]>([
  [busy, 'busy'],
  [{ ...busy, cause: 'other', status: 'X-UNLISTED' }, 'status X-UNLISTED'],
  [
    { ...busy, cause: 'no-answer', transfer: { from: { extension: '453*102' }, client: '+79160000003' } },
    'no-answer; transfer from 453*102 for +79160000003'
  ],
  [{ ...answered, kind: 'transferred', transfer: {} }, 'transfer'],
  [
    { ...answered, kind: 'callback', callBackId: 'cb1', onBehalf: true, recordingId: '85218-AA' },
    'on behalf of the extension; recorded; callback cb1'
  ],
  [{ ...missed, rang: [], extensionType: 'ivr', callBackId: 'cb1', context: { deal: 7 } }, 'at ivr; callback cb1; {"deal":7}']
])('the notes of %j', (record, notes) => {
  expect(notesOf(record)).toBe(notes)
})

describe('on a terminal', () => {
  const records = [{ ...answered, remoteName: 'Общество с ограниченной' }, busy, missed]
  const at = (width: number, colours = false) => [...recordTable(records, { zone: 'utc', width, colours })].join('').trimEnd().split('\n').slice(2, -2)

  test.each([40, 60, 80, 100, 120, 200])('of %s columns no row is longer', (width) => {
    for (const row of at(width)) expect(displayWidth(row)).toBeLessThanOrEqual(width)
  })

  test('the least important columns go first, and what tells most stays', () => {
    expect(at(200)[0]).toMatch(/began +ended +kind +direction +extension +number +name +talk +DID +notes/)
    expect(at(80)[0]).toMatch(/^began +kind +extension +number +(name +)?talk +notes$/)
    expect(at(50)[0]).toMatch(/^began +kind +extension +number/)
  })

  test('kinds have colours, which take no room', () => {
    const plain = at(100)
    const colourful = at(100, true)
    expect(colourful.join('')).toContain('\u001b[31mmissed')
    // eslint-disable-next-line no-control-regex
    expect(colourful.map((row) => row.replace(/\u001b\[\d+m/g, ''))).toEqual(plain)
  })
})

test.each<readonly [boolean, Readonly<Record<string, string>>, boolean]>([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [false, { FORCE_COLOR: '1' }, true],
  [true, { FORCE_COLOR: '0' }, false],
  [true, { TERM: 'dumb' }, false]
])('a terminal (%s) with %j takes colours: %s', (isTerminal, environment, expected) => {
  expect(takesColours(isTerminal, environment)).toBe(expected)
})
