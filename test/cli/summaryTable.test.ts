import { describe, expect, test } from 'vitest'
import { displayWidth } from '../../src/cli/displayWidth.js'
import { fittingTable, type FittingColumn } from '../../src/cli/fittingTable.js'
import { summaryTable, type SummaryView } from '../../src/cli/summaryTable.js'
import { seconds, type CallRecord } from '../../src/index.js'
import { timeZone, type TimeZone } from '../../src/summary/index.js'
import { answered, at, missed, OTHER, transferred, tried } from '../summary/day.js'
import { without } from '../ports/without.js'

const zone = (name: string): TimeZone => timeZone(name) ?? expect.fail(name)

const table = (records: ReadonlyArray<CallRecord>, view: Partial<SummaryView> = {}): string =>
  [...summaryTable(records, { zone: zone('Europe/Moscow'), now: at('23:00', '2026-06-09'), width: 120, target: { within: seconds(20) }, ...view })].join('')

const DAY: ReadonlyArray<CallRecord> = [
  answered(at('06:00'), { callId: 'c1' }, 12, 90),
  transferred(at('06:02'), 'c1', {}, 5, 3700),
  missed(at('07:30'), { remoteName: 'ООО «Ромашка»' }, 45),
  missed(at('09:00'), { extension: '453*888', did: '74950000002' }, 30),
  tried(at('09:10')),
  missed(at('09:30'), { remoteNumber: OTHER }, 3),
  without(missed(at('09:40')), 'remoteNumber')
]

test('a day: what it came to, whom to call back, and the load by hour, extension and kind', () => {
  expect(table(DAY)).toBe(`2026-06-03, Europe/Moscow

calls             6
records           7
missed            4
talked            1:03:10
median wait       0:30
90% waited        0:45 at most
came in           5
answered in 20 s  1 (20.0%)
abandoned         4 (80.0%)

To call back: 2 clients
Missed without a number: 1

number        name           missed  first  last   our tries  last try  at                DID
+79160000001  ООО «Ромашка»       2  10:30  12:00          1  12:10     453*887, 453*888  74950000001, 74950000002
+79160000002                      1  12:30  12:30                       453*887           74950000001

hour   calls  records  missed     talk  wait   90%
09:00      1        2          1:03:10  0:12  0:12
10:00      1        1       1           0:45  0:45
11:00      0        0
12:00      4        4       3           0:30  0:30

extension  calls  records  missed     talk  wait   90%
453*101        1        1             1:30  0:12  0:12
453*102        1        1          1:01:40
453*103        1        1
453*887        3        3       3           0:30  0:45
453*888        1        1       1           0:30  0:30

kind          calls  records  missed     talk  wait   90%
answered          1        1             1:30  0:12  0:12
transferred       1        1          1:01:40
missed            4        4       4           0:30  0:45
unsuccessful      1        1
`)
})

test('of several days there are the days too, and each time says its day', () => {
  const text = table([...DAY, missed(at('20:59', '2026-06-08')), missed(at('21:00', '2026-06-08'))])
  expect(text).toContain('2026-06-03 to 2026-06-09, Europe/Moscow\n')
  expect(text).toMatch(/^\+79160000001 .* 2026-06-03 10:30 {2}2026-06-09 00:00 /m)
  expect(text).toMatch(/^day .*\n2026-06-03 .*\n2026-06-08 .*\n2026-06-09 .*\n\n/m)
})

test('callers who gave up at once do not count, if that is wanted', () => {
  const text = table(DAY, { target: { within: seconds(20), shortAbandon: seconds(5) } })
  expect(text).toContain('came in           4, and 1 given up at once\nanswered in 20 s  1 (25.0%)\nabandoned         3 (75.0%)\n')
})

test('whom to call back is told as it was then, and waits begin where the events say', () => {
  expect(table(DAY, { now: at('06:00') })).toContain('To call back: nobody\n\nhour')
  expect(table(DAY, { began: new Map([['c1', at('05:59')]]) })).toContain('answered in 20 s  0 (0.0%)\n')
})

test('nothing is said plainly', () => expect(table([])).toBe('no records\n'))

describe('on a narrow terminal', () => {
  const widest = (text: string): number => Math.max(...text.split('\n').map(displayWidth))

  test('no line is wider', () => {
    const several = [...DAY, missed(at('21:00', '2026-06-08'), { remoteName: '株式会社'.repeat(9) })]
    for (let width = 40; width < 180; width++) expect(widest(table(several, { width }))).toBeLessThanOrEqual(width)
    expect(widest(table(several, { width: 180 }))).toBeGreaterThan(110)
  })

  test('what matters least is left out first; the number, how often and when are left', () => {
    const heads = (width: number): ReadonlyArray<string> => /^number.*$/m.exec(table(DAY, { width }))?.[0].split(/ {2,}/) ?? []
    expect(heads(110)).toEqual(['number', 'name', 'missed', 'first', 'last', 'our tries', 'at', 'DID'])
    expect(heads(85)).toEqual(['number', 'name', 'missed', 'first', 'last', 'our tries', 'at'])
    expect(heads(40)).toEqual(['number', 'missed', 'first', 'last'])
    expect(heads(30)).toEqual(['number', 'missed', 'last'])
  })

  test('what is left is cut, the widest column first, but never to nothing', () => {
    const columns: ReadonlyArray<FittingColumn<string>> = [{ heading: 'a', cell: (text) => text }, { heading: 'b', cell: () => 'short' }]
    const cut = (width: number): string => [...fittingTable(['a long text'], columns, width)].join('')
    const wide = [...fittingTable(['株'.repeat(40)], columns, 200)].join('').split('\n').map((line) => displayWidth(line))
    expect(wide).toEqual([32 + 2 + 1, 32 + 2 + 5, 0])
    expect([cut(18), cut(14), cut(0)]).toEqual(['a            b\na long text  short\n', 'a        b\na long…  short\n', 'a     b\na l…  sho…\n'])
  })
})

test('control characters of the data do not reach the terminal, and forge no row', () => {
  const text = table([missed(at('06:00'), { remoteName: '\u001b[31mred\n\u009b2J', remoteNumber: '+79160000001\r', extension: '453*8\u202e87' })])
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
  expect(text).toContain('\\u001b[31mred\\u000a')
  expect(text.split('\n').length).toBe(table([missed(at('06:00'))]).split('\n').length)
})

test('many clients come in pieces, in one and the same layout', () => {
  const many = Array.from({ length: 60 }, (_, i) => missed(at('06:00') + seconds(i), { remoteNumber: `+7916000${String(i).padStart(4, '0')}` }))
  const rows = table(many).split('\n').filter((row) => row.startsWith('+7916'))
  expect([rows.length, new Set(rows.map((row) => row.indexOf('453*887'))).size]).toEqual([60, 1])
})
