import { describe, expect, test } from 'vitest'
import type { Config } from '../../src/config/Config.js'
import { classified } from './classified.js'
import { at, CLIENT, incoming, lasting, ledger, legOf, MOBILE, type Extra } from './story.js'

const config: Config = { directory: { '453*101': 'phone', '453*102': 'phone', '453*887': 'queue' } }

/** What the history says of the same leg, under a name of its own. */
const HEARD: Extra = { toldBy: 'history' }
const heard = (n: number, from = CLIENT) => incoming(n, from, HEARD, 'history-1')

const talk = incoming(101)
const talked = {
  ...legOf(101), kind: 'answered', direction: 'incoming', successful: true, remoteNumber: CLIENT,
  startedAt: at(0), answeredAt: at(5), endedAt: at(60), status: 'ANSWER', talkTime: lasting(55)
} as const

describe('R-history', () => {
  test('an answer that no webhook told is the history\'s', () => {
    const told = [talk.rings(0), talk.hangsUp(60, 'ANSWER'), heard(101).rings(0.4), heard(101).answers(5), heard(101).hangsUp(59, 'ANSWER')]
    expect(classified(config, told)).toStrictEqual({ ledger: ledger(talked), anomalies: [] })
  })

  test('what a webhook told stands, whoever comes first', () => {
    const webhooks = [talk.rings(0), talk.answers(5), talk.hangsUp(60, 'ANSWER')]
    const history = [heard(101, MOBILE).rings(2), heard(101, MOBILE).answers(4), heard(101, MOBILE).hangsUp(61, 'BUSY')]
    expect(classified(config, [...webhooks, ...history])).toStrictEqual({ ledger: ledger(talked), anomalies: [] })
    expect(classified(config, [...history, ...webhooks])).toStrictEqual({ ledger: ledger(talked), anomalies: [] })
  })

  test('the recording that a hangup lacks is filled in', () => {
    const told = [talk.rings(0), talk.answers(5), talk.hangsUp(60, 'ANSWER'), heard(101).hangsUp(60, 'ANSWER', { recordingId: 'Rec-1', talkTime: lasting(54) })]
    expect(classified(config, told).ledger).toStrictEqual(ledger({ ...talked, recordingId: 'Rec-1' }))
  })

  test('a leg of which no webhook tells stands by itself', () => {
    const told = [talk.rings(0), talk.hangsUp(20, 'NOANSWER'), heard(101).rings(30), heard(101).answers(35), heard(101).hangsUp(60, 'ANSWER')]
    expect(classified(config, told).ledger).toMatchObject([{ id: 'c1/85101-history-1', kind: 'answered', startedAt: at(30) }])
  })

  test('of two legs of a phone the nearest in time is the one', () => {
    const again = incoming(101, CLIENT, {}, 'b')
    const told = [talk.rings(0), talk.hangsUp(20, 'NOANSWER'), again.rings(22), again.hangsUp(60, 'ANSWER'), heard(101).rings(21.5), heard(101).answers(25), heard(101).hangsUp(60, 'ANSWER')]
    expect(classified(config, told).ledger).toMatchObject([{ id: 'c1/85101-b', answeredAt: at(25) }])
  })

  test('an end that was told without ANSWER is not undone', () => {
    const told = [talk.rings(0), talk.hangsUp(20, 'NOANSWER'), heard(101).rings(0), heard(101).answers(5), heard(101).hangsUp(20, 'ANSWER')]
    expect(classified(config, told).ledger).toStrictEqual([])
  })

  test('a miss that the history shows is a miss, and an answer that it shows takes one back', () => {
    const queue = incoming(887, CLIENT, { ...HEARD, extensionType: 'queue' }, 'history-1')
    const missed = [queue.rings(0), queue.hangsUp(30, 'ANSWER', { bridged: 'no' })]
    expect(classified(config, missed).ledger).toMatchObject([{ id: 'c1/missed', remoteNumber: CLIENT }])
    const phone = [talk.rings(5), heard(101).rings(5), heard(101).answers(20), heard(101).hangsUp(60, 'ANSWER')]
    expect(classified(config, [...missed, ...phone]).ledger).toMatchObject([{ id: 'c1/85101-a', kind: 'answered' }])
  })
})
