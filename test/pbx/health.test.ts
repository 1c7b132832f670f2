import { describe, expect, test } from 'vitest'
import { smallCompany } from '../../src/testing/Company.js'
import { play, type Script, type Setup } from '../../src/testing/Script.js'
import { LIVE } from '../../src/testing/wire.js'
import { complaints } from './health.js'

const { phones: [phone], queues: [queue] } = smallCompany

const setup: Setup = {
  callId: '262077ef325f4868aa49bf22309229f7',
  startAt: 1_780_000_000_000_000,
  moments: [100_000],
  dialect: { ...LIVE, callApiId: false }
}

const client = { number: '+79160000001' }
const told = (story: (script: Script) => void) => complaints(play('told here', setup, story))

describe('the definition of healthy', () => {
  test('a call that a phone answers is healthy', () => {
    expect(told(({ ring, wait, answer, hangup }) => {
      const leg = ring(phone, client)
      wait(10_000_000)
      answer(leg)
      hangup(leg, 'ANSWER')
    })).toEqual([])
  })

  test('a phone that rings for three minutes is not', () => {
    expect(told(({ ring, wait, hangup }) => {
      const leg = ring(phone, client)
      wait(180_000_000)
      hangup(leg, 'NOANSWER')
    })).toHaveLength(1)
  })

  test('a leg that is answered twice is not', () => {
    expect(told(({ ring, answer, hangup }) => {
      const leg = ring(phone, client)
      answer(leg)
      answer(leg)
      hangup(leg, 'ANSWER')
    })).toHaveLength(1)
  })

  test('a phone that rings five seconds after the queue has given the caller up is not', () => {
    const overflow = (pause: number) => told(({ leave, ring, wait, hangup }) => {
      leave(ring(queue, client), 'no')
      wait(pause)
      hangup(ring(phone, client), 'NOANSWER')
    })
    expect(overflow(4_800_000)).toEqual([])
    expect(overflow(4_900_000)).toHaveLength(1)
  })

  test('nor is a CallBackID that comes with a later leg', () => {
    expect(told(({ ring, answer, dial, hangup }) => {
      const source = ring(phone, client)
      answer(source)
      const away = dial(phone, client.number, { callBackId: '17' })
      hangup(away, 'BUSY')
      hangup(source, 'ANSWER')
    })).toEqual(['its first event has no CallBackID'])
  })

  test('nor a call that was placed after it began', () => {
    expect(told(({ dial, hangup, place }) => {
      const leg = dial(phone, client.number)
      place(client.number, undefined, false)
      hangup(leg, 'BUSY')
    })).toEqual(['it was placed after its first event'])
  })

  test('nor a leg with two callers', () => {
    const call = play('told here', setup, ({ ring, hangup }) => hangup(ring(phone, client), 'CANCEL'))
    const events = call.events.map((event, i) => (i === 1 ? { ...event, CallerIDNum: '+79160000002' } : event))
    expect(complaints({ ...call, events })).toHaveLength(1)
  })
})
