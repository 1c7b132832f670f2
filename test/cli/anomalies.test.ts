import { expect, test } from 'vitest'
import { runWith } from './command.js'

const talk = (call: string): string =>
  ['EventType=answer&EventTime=1780000005000000', 'EventType=hangup&EventTime=1780000065000000&CallStatus=ANSWER']
    .map((event) => `${event}&CallID=${call}&SubCallID=85101-${call}&CallFlow=in&CalledNumber=453*101&CallerIDNum=%2B79160000001\n`)
    .join('')

const many = Array.from({ length: 50 }, (_, i) => talk(`c${i}`)).join('')
const lines = (stderr: string) => stderr.trim().split('\n')

test('anomalies do not flood the terminal: of each kind how many there are, with an example', async () => {
  const told = lines((await runWith(many, 'classify', '--utc')).stderr)
  expect(told).toEqual([
    expect.stringMatching(/^call-legs: 50 times, for example: call c0, leg 85101-c0: dial-not-seen: began unseen, 2026-/),
    'call-legs: --anomalies FILE keeps every anomaly as JSON, --anomalies - tells each here'
  ])
  expect(lines((await runWith(talk('c0'), 'classify', '--utc')).stderr)).toEqual([expect.stringMatching(/^call-legs: call c0, .*began unseen/)])
})

test('--anomalies - tells each of them, and so do changes as they come', async () => {
  expect(lines((await runWith(many, 'classify', '--anomalies', '-')).stderr)).toHaveLength(50)
  expect(lines((await runWith(many, 'classify', '--changes')).stderr)).toHaveLength(50)
})

test('the first event that is late in a replay says what is wrong', async () => {
  const day = 86_400_000_000
  const at = (time: number, call: string) => talk(call).replaceAll('17800000', String(17_800_000 + Math.floor(time / 100_000_000)))
  const { stderr } = await runWith([at(2 * day, 'a'), at(2 * day, 'b'), at(2 * day, 'c'), talk('d'), talk('d')].join(''), 'classify', '--changes')
  expect(stderr).toContain('events come later than --lateness and --closed-retention allow; without --changes and --lateness their order does not matter')
})
