import { expect, test } from 'vitest'
import { smallCompany } from '../../src/testing/Company.js'
import { asCaller, play, type Setup } from '../../src/testing/Script.js'
import { LIVE, toForm } from '../../src/testing/wire.js'

const { phones: [, phone, colleague], ivrs: [ivr], queues: [queue] } = smallCompany

const dialect = { ...LIVE, drift: 79_981 }

const setup: Setup = { callId: '262077ef325f4868aa49bf22309229f7', startAt: 1_780_000_686_000_000, moments: [478_202, 21_978], dialect }

const client = { number: '+79160000001', name: '+79160000001', did: '74950000001' }

test('a phone that a queue rings: the events that were seen live', () => {
  const { events } = play('queue', setup, ({ ring, answer, hangup, leave, wait }) => {
    const held = ring(queue, client)
    const leg = ring(phone, { ...client, through: queue })
    answer(leg)
    wait(11_000_000)
    hangup(leg, 'ANSWER')
    leave(held, 'yes')
  })
  expect(events[1]).toEqual({
    EventType: 'dial-in', EventTime: '1780000686500180', CallID: '262077ef325f4868aa49bf22309229f7',
    SubCallID: expect.stringMatching(/^85219-[0-9a-f]{32}$/), CallAPIID: '3584709739-262077ef-325f-4868-aa49-bf22309229f7',
    CallFlow: 'in', CallStatus: 'CALLING', CalledDID: '74950000001', CalledNumber: '453*102',
    CalledExtension: '453*102@pbx.example', CalledExtensionID: '85219', CallerIDName: '+79160000001',
    CallerIDNum: '+79160000001', CallerExtensionID: '96857', CallerExtension: '453*887@pbx.example'
  })
  expect(events[3]).toMatchObject({
    EventType: 'hangup', SubCallID: events[1]?.['SubCallID'], CallStatus: 'ANSWER', Duration: '10941997',
    RecID: expect.stringMatching(/^85219-[0-9a-f]{32}$/)
  })
  expect(events[4]).toMatchObject({ EventType: 'hangup', SubCallID: '96857-262077ef325f4868aa49bf22309229f7', Bridged: 'yes' })
})

test('a phone that dials: its first leg has the hex of the CallID', () => {
  const { events } = play('outgoing', setup, ({ dial, hangup }) => hangup(dial(phone, '+79160000001'), 'BUSY'))
  expect(events[0]).toMatchObject({
    EventType: 'dial-out', CallFlow: 'out', SubCallID: '85219-262077ef325f4868aa49bf22309229f7', CalledNumber: '+79160000001',
    CallerIDNum: '453*102', CallerExtension: '453*102@pbx.example', CallerExtensionID: '85219'
  })
})

test('a documented installation writes capitals, and its IVR shows the public number', () => {
  const documented = { ...setup, dialect: { ...dialect, capitals: true, extType: true, didAsCalledNumber: true } }
  const { events } = play('missed', documented, ({ ring, leave }) => leave(ring(ivr, client), 'no'))
  expect(events[1]).toMatchObject({
    CallFlow: 'IN', Bridged: 'NO', ExtType: 'ivr', CalledNumber: '74950000001', CalledExtension: '453*800@pbx.example'
  })
})

test('a phone that gets a client from a colleague shows who stands behind, on the dial alone', () => {
  const { events } = play('transfer', setup, ({ ring, hangup }) =>
    hangup(ring(colleague, { ...asCaller(phone), remote: '+79160000001' }), 'CANCEL'))
  expect(events.map((event) => event['RemoteNumber'])).toEqual(['+79160000001', undefined])
})

test('an event as a form', () => {
  const event = { EventType: 'hangup', CallerIDNum: '+79160000001', CallerIDName: 'Ромашка & Ко = 100%' }
  const form = toForm(event)
  expect(form.startsWith('EventType=hangup&CallerIDNum=%2B79160000001&CallerIDName=')).toBe(true)
  expect(Object.fromEntries(new URLSearchParams(form))).toEqual(event)
})
