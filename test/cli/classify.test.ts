import { describe, expect, test } from 'vitest'
import { anomaliesOf, recordsOf, run, runWith, temporaryFolder } from './command.js'
import { answeredCall, busyCall, DIRECTORY, form, json, lines, missedCall } from './wire.js'

const folder = temporaryFolder()
const directory = folder.file('directory.json', DIRECTORY)

const kinds = (stdout: string): ReadonlyArray<string> => recordsOf(stdout).map(({ kind, callId }) => `${kind} ${callId}`)

describe.concurrent('call-legs classify', () => {
  test('prints the ledger after a drain, one JSON record a line, in its order', async () => {
    const input = lines([...answeredCall('c1', 0), ...missedCall('m1', 10), ...busyCall('b1', 20)])
    const { status, stdout, stderr } = await runWith(input, 'classify', '--directory', directory)
    expect(kinds(stdout)).toEqual(['unsuccessful b1', 'missed m1', 'answered c1'])
    expect(recordsOf(stdout)[2]).toEqual({
      v: 1,
      id: 'c1/85218-c1',
      kind: 'answered',
      direction: 'incoming',
      successful: true,
      callId: 'c1',
      subCallId: '85218-c1',
      extension: '453*101',
      remoteNumber: '+79160000001',
      did: '74950000001',
      startedAt: 1_780_466_400_000_000,
      answeredAt: 1_780_466_405_000_000,
      endedAt: 1_780_466_465_000_000,
      talkTime: 60_000_000,
      status: 'ANSWER',
      because: expect.arrayContaining(['R-in'])
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  test('reads the files that are named, in their order, and standard input for -', async () => {
    const [first, second] = [folder.file('1.ndjson', lines(answeredCall('c1', 0))), folder.file('2.ndjson', lines(answeredCall('c2', 5)))]
    const { status, stdout } = await runWith(lines(answeredCall('c3', 3)), 'classify', first, '-', second)
    expect(kinds(stdout)).toEqual(['answered c1', 'answered c3', 'answered c2'])
    expect(status).toBe(0)
  })

  test('tells JSON and form-encoded lines apart line by line', async () => {
    const mixed = answeredCall('c1', 0).map((event, i) => (i % 2 === 0 ? json(event) : form(event))).join('')
    expect(await runWith(mixed, 'classify')).toEqual(await runWith(lines(answeredCall('c1', 0)), 'classify'))
  })

  test('the ledger is exact however the lines are ordered, and however often they come', async () => {
    const events = [...answeredCall('c1', 0), ...missedCall('m1', 86_400 * 3), ...busyCall('b1', 86_400 * 9)]
    const straight = await runWith(lines(events), 'classify', '--directory', directory)
    const turned = await runWith(lines([...events].reverse()) + lines(events), 'classify', '--directory', directory)
    const withoutReasons = (stdout: string) => recordsOf(stdout).map((record) => ({ ...record, because: [] }))
    expect(withoutReasons(turned.stdout)).toEqual(withoutReasons(straight.stdout))
    expect(turned.stderr).toBe('')
  })

  test('--lateness lets it give calls up as it goes: what then comes even later is an anomaly', async () => {
    const call = answeredCall('c1', 0)
    const days = [...busyCall('b1', 86_400 * 2), ...busyCall('b2', 86_400 * 2 + 10)]
    const input = lines([...call.slice(0, 2), ...days, ...call.slice(2)])
    const exact = await runWith(input, 'classify')
    expect(kinds(exact.stdout)).toEqual(['answered c1', 'unsuccessful b1', 'unsuccessful b2'])
    const ticked = await runWith(input, 'classify', '--lateness', '1h')
    expect(kinds(ticked.stdout)).toEqual(['unsuccessful b1', 'unsuccessful b2', 'incomplete c1'])
    expect(ticked.stderr).toContain('late-event')
    const patient = await runWith(input, 'classify', '--lateness', '3d')
    expect(patient.stdout).toBe(exact.stdout)
  })

  test('--format table is a table for people, --utc in UTC, else in the local time zone', async () => {
    const input = lines([...answeredCall('c1', 0, { CallerIDName: 'ООО «Ромашка»' }), ...missedCall('m1', 10)])
    const utc = await runWith(input, 'classify', '--format', 'table', '--utc', '--directory', directory)
    expect(utc.stdout).toBe(`2026-06-03, UTC

began     ended     kind      direction  extension  number        name           talk  DID          notes
06:00:00  06:01:05  answered  incoming   453*101    +79160000001  ООО «Ромашка»  1:00  74950000001
06:00:10  06:00:40  missed    incoming   453*887    +79160000001                       74950000001  at queue

2 records: 1 missed, 1 answered
`)
    const local = await runWith(input, 'classify', '--format', 'table', '--directory', directory)
    expect(local.stdout).toContain('2026-06-03\n\n')
    expect(local.stdout).toContain('09:00:10  09:00:40  missed')
  })

  test('a pipe gets JSON, and --format json says so anywhere', async () => {
    const input = lines(answeredCall('c1', 0))
    expect((await runWith(input, 'classify', '--format', 'json')).stdout).toBe((await runWith(input, 'classify')).stdout)
  })

  test('--directory tells the types: what is not known there and has no Bridged is a phone', async () => {
    const input = lines([...answeredCall('q1', 0, { CalledNumber: '453*887', CalledExtension: '453*887' })])
    expect(kinds((await runWith(input, 'classify', '--directory', directory)).stdout)).toEqual([])
    expect(kinds((await runWith(input, 'classify')).stdout)).toEqual(['answered q1'])
  })

  test('--local records calls between extensions too', async () => {
    const input = lines(answeredCall('c1', 0, { CallerIDNum: '453*102' }))
    expect(kinds((await runWith(input, 'classify')).stdout)).toEqual([])
    expect(kinds((await runWith(input, 'classify', '--local')).stdout)).toEqual(['answered c1'])
  })

  test('--missed-at-phone misses a call that saw phones only', async () => {
    const unanswered = answeredCall('c1', 0).flatMap((event) => {
      if (event.EventType === 'answer') return []
      return [event.EventType === 'hangup' ? { ...event, CallStatus: 'CANCEL', Duration: '0' } : event]
    })
    const plain = await runWith(lines(unanswered), 'classify')
    expect(plain.stdout).toBe('')
    expect(plain.stderr).toContain('unresolved-incoming')
    expect(plain.status).toBe(0)
    expect(kinds((await runWith(lines(unanswered), 'classify', '--missed-at-phone')).stdout)).toEqual(['missed c1'])
  })

  test('--missed-rule last-hangup lets the deciding hangup alone speak', async () => {
    const served = missedCall('m1', 0, { SubCallID: '96857-first' }).map((event) => (event.Bridged === 'no' ? { ...event, Bridged: 'yes' } : event))
    const input = lines([...served, ...missedCall('m1', 60)])
    expect(kinds((await runWith(input, 'classify', '--directory', directory)).stdout)).toEqual([])
    expect(kinds((await runWith(input, 'classify', '--directory', directory, '--missed-rule', 'last-hangup')).stdout)).toEqual(['missed m1'])
  })

  test('anomalies are on standard error, a readable line each, and change no exit status', async () => {
    const dials = [busyCall('b1', 0), busyCall('b1', 0, { CalledNumber: '+79160000003' })].flatMap((call) => call.slice(0, 1))
    const { status, stderr } = await runWith(lines(dials), 'classify', '--utc')
    expect(stderr).toContain('call-legs: call b1, leg 85219-b1: conflicting-events: different events of one kind (dial), 2026-06-03 06:00:00.000')
    expect(stderr).toContain('never-closed')
    expect(status).toBe(0)
  })

  test('--anomalies FILE takes them as JSON, one a line', async () => {
    const { stderr } = await runWith(lines(busyCall('b1', 0).slice(0, 1)), 'classify', '--anomalies', folder.path('anomalies.ndjson'))
    expect(stderr).toBe('')
    expect(anomaliesOf(folder.read('anomalies.ndjson'))).toEqual([{ kind: 'never-closed', callId: 'b1', leg: '85219-b1', at: [1_780_466_400_000_000] }])
  })

  test('kinds of events that are none of ours are passed over', async () => {
    const others = [{ EventType: 'voicemail', CallID: 'c1' }, { EventType: 'call_interactive' }, { event_type: 'call-status-change' }]
    expect(await runWith(lines(others), 'classify')).toEqual({ status: 0, stdout: '', stderr: '' })
  })

  test('an empty file gives an empty ledger', async () => {
    expect(await run('classify', folder.file('empty', ''))).toEqual({ status: 0, stdout: '', stderr: '' })
    expect((await run('classify', '--format', 'table', folder.path('empty'))).stdout).toBe('no records\n')
  })
})
