import { expect, test } from 'vitest'
import { runWith, temporaryFolder } from './command.js'
import { answeredCall, busyCall, DIRECTORY, lines, missedCall } from './wire.js'

const folder = temporaryFolder()
const directory = folder.file('directory.json', DIRECTORY)
const input = lines([...missedCall('ab12', 0), ...answeredCall('ab12', 5), ...busyCall('cd34', 7), ...missedCall('ef56', 100)])

const explain = (...words: ReadonlyArray<string>) => runWith(input, 'explain', '--utc', '--directory', directory, ...words)

test.concurrent('the legs in order, each with its events, its record or why there is none, and the rules with their sentences', async () => {
  const { status, stdout, stderr } = await explain('ab12')
  expect(stdout).toBe(`Call ab12
   2026-06-03, UTC
   client +79160000001

1. incoming, queue 453*887 from +79160000001
   leg 96857-ab12
   06:00:00.000  dial    CALLING, from +79160000001, to 453*887, by 74950000001
   06:00:30.000  hangup  CANCEL, Bridged=no
   => no record: of an IVR, a queue or a fax only a forward outside is recorded
      R-type  the type of the extension is known from ExtType or the directory, or follows from Bridged

2. incoming, phone 453*101 from +79160000001
   leg 85218-ab12
   06:00:05.000  dial    CALLING, from +79160000001, to 453*101, by 74950000001
   06:00:10.000  answer  ANSWER
   06:01:10.000  hangup  ANSWER, Duration 1:00
   => answered; talked 1:00
      record answered, ab12/85218-ab12
      R-in       an incoming leg of a phone is recorded if it was answered there
      R-success  only a hangup with CallStatus=ANSWER is a success
      R-talk     the talk time is the hangup's Duration, else hangup less answer

The call as a whole
   => not missed: 453*101 talked to the client all the same
      R-deciding  of several IVR and queue hangups a queue speaks before an IVR, and of several the one that the caller entered last
      R-answered  somebody talked to the client all the same

Anomalies:
   leg 96857-ab12: bridged-contradiction: Bridged=no, but a phone had answered before, 2026-06-03 06:00:10.000, 2026-06-03 06:00:30.000
`)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})

test.concurrent('a miss is shown settled', async () => {
  const { stdout } = await explain('ef56')
  expect(stdout).toContain('=> missed at 453*887; at queue\n      record missed, ef56/missed\n      R-missed ')
})

test.concurrent('the CallID may be of any case, and the id of a record will do', async () => {
  const { stdout } = await explain('cd34')
  expect(stdout).toContain('R-out ')
  expect((await explain('CD34')).stdout).toBe(stdout)
  expect((await explain('CD34/85219-CD34')).stdout).toBe(stdout)
})

test.concurrent('an event that was outdone by another of its kind is marked', async () => {
  const { stdout } = await runWith(lines([...busyCall('b1', 0), ...busyCall('b1', 2)]), 'explain', 'b1', '--utc')
  expect(stdout).toContain('06:00:00.000  dial    CALLING, from 453*102, to +79160000002\n')
  expect(stdout).toContain('06:00:02.000  dial    CALLING, from 453*102, to +79160000002  (does not count)\n')
  expect(stdout).toContain('06:00:04.000  hangup  BUSY  (does not count)\n')
  expect(stdout).toContain('R-facts ')
  expect(stdout).toContain('conflicting-events')
})

test.concurrent('times are local without --utc', async () => {
  expect((await runWith(input, 'explain', 'cd34')).stdout).toContain('09:00:07.000  dial')
})

test.concurrent('of an unknown call a message says so, and the status is 1; 2 if an input could not be read', async () => {
  expect(await explain('nobody')).toEqual({ status: 1, stdout: '', stderr: 'call-legs: no event of call nobody was read\n' })
  const { status, stderr } = await explain('nobody', folder.path('nowhere'))
  expect(stderr).toBe(`call-legs: ${folder.path('nowhere')}: no such file\ncall-legs: no event of call nobody was read\n`)
  expect(status).toBe(2)
})

test.concurrent('lines that cannot be decoded are named here as well: they may be of this call', async () => {
  const { status, stdout, stderr } = await runWith(`${input}x\n`, 'explain', 'cd34', '--rejects', folder.path('rejects'))
  expect(stdout).toContain('Call cd34')
  expect(stderr).toContain('standard input:10: ')
  expect(folder.read('rejects')).toBe('x\n')
  expect(status).toBe(1)
})

test.concurrent('a CallID may be cut short as long as it is the only one', async () => {
  expect((await explain('cd')).stdout).toBe((await explain('cd34')).stdout)
  const two = lines([...busyCall('ab12', 0), ...busyCall('ab34', 0), ...busyCall('ab1', 0)])
  expect(await runWith(two, 'explain', 'ab')).toEqual({ status: 2, stdout: '', stderr: 'call-legs: ab begins 3 calls: ab1, ab12, ab34\n' })
  // the whole id of a call is the beginning of another's
  expect((await runWith(two, 'explain', 'ab1')).stdout).toContain('Call ab1\n')
})

test.concurrent('--format json is for a program', async () => {
  const explanation: unknown = JSON.parse((await explain('ef56', '--format', 'json')).stdout)
  expect(explanation).toMatchObject({ callId: 'ef56', missed: { record: { kind: 'missed' } } })
})
