import { describe, expect, test } from 'vitest'
import { parseMoment, passes, type RecordFilter } from '../../src/cli/recordFilter.js'
import { changesOf, recordsOf, run, runWith, temporaryFolder } from './command.js'
import { answered, busy, incomplete, missed, SIX } from './records.js'
import { answeredCall, busyCall, DIRECTORY, lines, missedCall } from './wire.js'

const all = [answered, busy, incomplete, missed, { ...missed, remoteNumber: '+79160000001' }]
const chosen = (filter: RecordFilter) => all.flatMap((record, i) => (passes(filter, record) ? [i] : []))

describe('which records are shown', () => {
  test('all of them, if nothing is asked for', () => {
    expect(chosen({})).toEqual([0, 1, 2, 3, 4])
  })
  test('of some kinds, of some numbers, of some extensions, and of all of these at once', () => {
    expect(chosen({ kind: ['missed', 'answered'] })).toEqual([0, 3, 4])
    expect(chosen({ number: ['+7 (916) 000-00-01'] })).toEqual([0, 4])
    expect(chosen({ number: ['0002', '0001'] })).toEqual([0, 1, 4])
    expect(chosen({ extension: ['453*887'] })).toEqual([3, 4])
    expect(chosen({ extension: ['101'] })).toEqual([0, 1, 2])
    expect(chosen({ extension: ['01'] })).toEqual([])
    expect(chosen({ kind: ['missed'], number: ['0001'] })).toEqual([4])
  })
  test('the client of a forward counts as a number', () => {
    expect(passes({ number: ['79160000007'] }, { ...answered, kind: 'transferred', transfer: { client: '+79160000007' } })).toBe(true)
  })
  test('that began from then on, and before then', () => {
    expect(chosen({ since: SIX })).toHaveLength(5)
    expect(chosen({ since: SIX + 1 })).toEqual([])
    expect(chosen({ until: SIX })).toEqual([])
    expect(chosen({ until: SIX + 1 })).toHaveLength(5)
  })
})

test.each<readonly [string, 'begins' | 'ends', string | undefined]>([
  ['2026-06-03', 'begins', '2026-06-03T00:00:00.000Z'],
  ['2026-06-03', 'ends', '2026-06-04T00:00:00.000Z'],
  ['2026-12-31', 'ends', '2027-01-01T00:00:00.000Z'],
  ['2026-06-03T10:30', 'ends', '2026-06-03T10:30:00.000Z'],
  ['2026-06-03 10:30:15', 'begins', '2026-06-03T10:30:15.000Z'],
  ['2026-06-03T10:30:15+03:00', 'begins', '2026-06-03T07:30:15.000Z'],
  ['2026-06-03T10:30Z', 'begins', '2026-06-03T10:30:00.000Z'],
  ['2026-02-29', 'begins', undefined],
  ['2026-13-01', 'begins', undefined],
  ['2026-06-03T24:01', 'begins', undefined],
  ['03.06.2026', 'begins', undefined],
  ['', 'begins', undefined]
])('%s %s at %s', (text, edge, moment) => {
  const at = parseMoment(text, 'utc', edge)
  expect(at === undefined ? undefined : new Date(at / 1000).toISOString()).toBe(moment)
})

describe('on the command line', () => {
  const folder = temporaryFolder()
  const directory = folder.file('directory.json', DIRECTORY)
  const input = lines([...answeredCall('a1', 0), ...missedCall('m1', 100), ...busyCall('b1', 200)])
  const kinds = (stdout: string) => recordsOf(stdout).map(({ kind }) => kind)

  test('what is left out is only not shown: the events of a day before make the record of the next', async () => {
    const { stdout } = await runWith(input, 'classify', '--directory', directory, '--since', '2026-06-03T09:01', '--kind', 'missed,unsuccessful')
    expect(kinds(stdout)).toEqual(['missed', 'unsuccessful'])
    expect(kinds((await runWith(input, 'classify', '--directory', directory, '--utc', '--until', '2026-06-03T06:01')).stdout)).toEqual(['answered'])
  })

  test('changes are chosen too', async () => {
    const { stdout } = await runWith(input, 'classify', '--changes', '--directory', directory, '--kind', 'missed')
    expect(changesOf(stdout)).toMatchObject([{ change: 'registered', record: { kind: 'missed' } }])
  })

  test('a table of nothing says so', async () => {
    expect((await runWith(input, 'classify', '--format', 'table', '--number', '4242')).stdout).toBe('no records\n')
  })

  test('summary tells whom to call back', async () => {
    const { stdout, status } = await runWith(input, 'summary', '--directory', directory, '--utc')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^2026-06-03, UTC\n\ncalls +3\n/)
    expect(stdout).toContain('To call back: 1 client\n')
    expect((await runWith('', 'summary')).stdout).toBe('no records\n')
  })

  test('draw makes a timeline, and a sequence diagram', async () => {
    const svg = await runWith(input, 'draw', 'm1', '--utc', '--directory', directory)
    expect(svg.stdout).toMatch(/^<svg [^]*<\/svg>\n$/)
    expect(svg.stdout).toContain('2026-06-03 06:01:40 UTC, 0:30; missed at 453*887')
    expect((await runWith(input, 'draw', 'M1/missed', '--format', 'mermaid', '--directory', directory)).stdout).toMatch(/^sequenceDiagram\n/)
    expect(await runWith(input, 'draw', 'x')).toEqual({ status: 1, stdout: '', stderr: 'call-legs: no event of call x was read\n' })
  })

  test('report writes a page, and into no file that it reads', async () => {
    const file = folder.file('events.ndjson', input)
    const page = folder.path('report.html')
    expect(await run('report', '-o', page, '--directory', directory, file)).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(folder.read('report.html')).toMatch(/^<!doctype html>[^]*<title>Calls of 2026-06-03<\/title>[^]*"kind":"missed"/)
    expect((await run('report', '-o', '-', file)).stdout).toMatch(/^<!doctype html>/)
    expect((await run('report', '-o', file, file)).status).toBe(2)
    expect(folder.read('events.ndjson')).toBe(input)
  })
})
