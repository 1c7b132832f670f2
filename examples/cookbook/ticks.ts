/** Where time comes from. An answer arrives out of order, behind events that happened twenty seconds later. */
import { correlator, seconds, toDate, type Change } from 'call-legs'
import { changes } from 'call-legs/stream'

const START = 1_780_000_000_000_000
const event = (kind: string, second: number, callId: string, extension: number, more = ''): string =>
  `EventType=${kind}&EventTime=${START + seconds(second)}&CallID=${callId}&SubCallID=85${extension}-${callId}&CallFlow=in&CalledNumber=453*${extension}&CallerIDNum=%2B79160000001${more}`

const config = { directory: { '453*101': 'phone', '453*102': 'phone', '453*887': 'queue' } } as const
const recording = [
  event('dial-in', 0, 'a1', 887),
  event('hangup', 30, 'a1', 887, '&Bridged=no'),
  event('dial-in', 40, 'b2', 102), // another call: the clock of a replay has come to second 40
  event('dial-in', 20, 'a1', 101),
  event('answer', 25, 'a1', 101), // 101 took the call: no miss
  event('hangup', 60, 'a1', 101, '&CallStatus=ANSWER')
]

const told = (change: Change): string =>
  change.change === 'registered' ? `+${change.record.kind}` : change.change === 'retracted' ? `-${change.previous.kind}` : change.change

const replayed = async (options: Parameters<typeof changes<string>>[1]): Promise<string> => {
  const list: Array<string> = []
  for await (const change of changes(recording, options)) if (change.change !== 'anomaly') list.push(told(change))
  return list.join(' ')
}

console.log('replay:', await replayed({ config, ticking: 'replay' }))
console.log('replay, up to a minute late:', await replayed({ config, ticking: 'replay', lateness: seconds(60) }))
console.log('no clock:', await replayed({ config, ticking: 'none' }))

// by hand, with a clock: what a service does; the events are received one a second
const calls = correlator(config)
let state = calls.initial
let now = START + seconds(100)
const receive = (body: string): void => {
  now += seconds(1)
  const [next, list] = calls.ingest(state, body, now)
  state = next
  for (const change of list) console.log('wall clock:', told(change))
}
for (const body of recording.slice(0, 2)) receive(body)
console.log('wall clock: the miss is due at', toDate(calls.due(state) ?? 0).toISOString(), 'now', toDate(now).toISOString())
for (const body of recording.slice(2)) receive(body) // within the settle window: the miss never comes up
const [, list] = calls.tick(state, now + seconds(6))
console.log('wall clock: a tick six seconds later changes', list.length)
