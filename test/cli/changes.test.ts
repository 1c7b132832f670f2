import { expect, test } from 'vitest'
import { emptyLedger } from '../../src/cli/Ledger.js'
import type { CallRecord } from '../../src/index.js'
import { changesOf, recordsOf, runWith, start, temporaryFolder } from './command.js'
import { answeredCall, busyCall, DIRECTORY, lines, missedCall } from './wire.js'

const folder = temporaryFolder()
const directory = folder.file('directory.json', DIRECTORY)
const changes = ['classify', '--changes', '--directory', directory] as const

/** `registered 1 c1/85218-c1` */
const words = (stdout: string): ReadonlyArray<string> =>
  changesOf(stdout).map((change) => `${change.change} ${change.revision} ${(change.change === 'retracted' ? change.previous : change.record).id}`)

/** The record of this id, as it was registered and revised. */
const recordsOfChanges = (stdout: string, id: string): ReadonlyArray<CallRecord> =>
  changesOf(stdout).flatMap((change) => (change.change !== 'retracted' && change.record.id === id ? [change.record] : []))

/** A queue timed out; the hangup of the phone that had taken the call comes late. */
const lateAnswer = answeredCall('m1', 10).map((event) => (event.EventType === 'hangup' ? { ...event, EventTime: '1780466440000000' } : event))

test.concurrent('changes are printed as they come: a revision with the record before, a retraction with what it takes back', async () => {
  const { status, stdout } = await runWith(lines([...missedCall('m1', 0), ...answeredCall('c2', 40), ...lateAnswer]), ...changes)
  expect(words(stdout)).toEqual([
    'registered 1 m1/missed',
    'registered 1 c2/85218-c2',
    // a phone had rung, as its late dial tells
    'revised 2 m1/missed',
    'retracted 3 m1/missed',
    'registered 1 m1/85218-m1'
  ])
  const [registered, , revised, retracted] = changesOf(stdout)
  const [first, second] = recordsOfChanges(stdout, 'm1/missed')
  expect(second).toMatchObject({ kind: 'missed', rang: ['453*101'] })
  expect(Object.entries(registered ?? {})).toEqual([['change', 'registered'], ['revision', 1], ['record', first]])
  expect(Object.entries(revised ?? {})).toEqual([['change', 'revised'], ['revision', 2], ['record', second], ['previous', first]])
  expect(Object.entries(retracted ?? {})).toEqual([['change', 'retracted'], ['revision', 3], ['previous', second]])
  expect(status).toBe(0)
})

test.concurrent('the changes add up to the ledger', async () => {
  const input = lines([...missedCall('m1', 0), ...answeredCall('c2', 40), ...lateAnswer, ...busyCall('b1', 50)])
  const ledger = emptyLedger()
  for (const change of changesOf((await runWith(input, ...changes)).stdout)) ledger.apply(change)
  expect(ledger.records()).toEqual(recordsOf((await runWith(input, 'classify', '--directory', directory)).stdout))
})

test.concurrent('a miss settles with the first event that is late enough; --settle and --lateness delay it', async () => {
  const input = lines([...missedCall('m1', 0), ...busyCall('b1', 36), ...busyCall('b2', 50)])
  expect(words((await runWith(input, ...changes)).stdout)[0]).toBe('registered 1 m1/missed')
  const later = ['registered 1 b1/85219-b1', 'registered 1 m1/missed', 'registered 1 b2/85219-b2']
  expect(words((await runWith(input, ...changes, '--settle', '15s')).stdout)).toEqual(later)
  expect(words((await runWith(input, ...changes, '--lateness', '10s')).stdout)).toEqual(later)
})

test.concurrent('--ring-timeout says how long a phone that rings holds a miss back', async () => {
  const ringing = answeredCall('m1', 5).slice(0, 1)
  const input = lines([...missedCall('m1', 0), ...ringing, ...busyCall('b1', 40), ...busyCall('b2', 600)])
  expect(words((await runWith(input, ...changes)).stdout)).toEqual(['registered 1 b1/85219-b1', 'registered 1 m1/missed', 'registered 1 b2/85219-b2'])
  expect(words((await runWith(input, ...changes, '--ring-timeout', '20s')).stdout)[0]).toBe('registered 1 m1/missed')
})

test.concurrent('--closed-retention and --open-retention say when calls are given up', async () => {
  const input = lines([...busyCall('b1', 0).slice(0, 1), ...answeredCall('c1', 0), ...busyCall('b2', 3000), ...answeredCall('c1', 10).slice(2)])
  expect((await runWith(input, ...changes)).stderr).not.toContain('late-event')
  const brief = await runWith(input, ...changes, '--closed-retention', '10m', '--open-retention', '20m')
  expect(brief.stderr).toContain('call c1, leg 85218-c1: late-event')
  expect(words(brief.stdout)).toContain('registered 1 b1/85219-b1')
  expect(words(brief.stdout).indexOf('registered 1 b1/85219-b1')).toBeLessThan(words(brief.stdout).indexOf('registered 1 b2/85219-b2'))
})

test.concurrent('a single wrong clock ends no call', async () => {
  const wrong = busyCall('w', 0).map((event) => ({ ...event, EventTime: '9007199254740991' }))
  const { stdout, stderr } = await runWith(lines([...answeredCall('c1', 0), ...wrong, ...answeredCall('c2', 1)]), ...changes)
  expect(words(stdout)).toEqual(['registered 1 c1/85218-c1', 'registered 1 w/85219-w', 'registered 1 c2/85218-c2'])
  expect(stderr).not.toContain('late-event')
  expect(stderr).not.toContain('never-closed')
})

test.concurrent('rejected lines and anomalies do not go to standard output', async () => {
  const { status, stdout, stderr } = await runWith(`garbage\n${lines(busyCall('b1', 0).slice(1))}`, ...changes)
  expect(words(stdout)).toEqual(['registered 1 b1/85219-b1'])
  expect(stderr).toContain('standard input:1: ')
  expect(stderr).toContain('dial-not-seen')
  expect(status).toBe(1)
})

test.concurrent('changes are seen at once, before the input ends', async () => {
  const child = start(...changes)
  child.stdin.write(lines(answeredCall('c1', 0)))
  const first = await new Promise<string>((resolve) => child.stdout.setEncoding('utf8').once('data', resolve))
  expect(words(first)).toEqual(['registered 1 c1/85218-c1'])
  child.stdin.end(lines(busyCall('b1', 100)))
  const rest = await new Promise<string>((resolve) => child.stdout.once('data', resolve))
  expect(words(rest)).toEqual(['registered 1 b1/85219-b1'])
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0)
})
