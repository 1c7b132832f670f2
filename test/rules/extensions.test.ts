import { describe, expect, test } from 'vitest'
import type { Config } from '../../src/config/Config.js'
import { correlator, type CallEvent } from '../../src/index.js'
import { classified } from './classified.js'
import { at, CALL, CLIENT, incoming, lasting, ledger, legOf, outgoing, type LegScript } from './story.js'

const config: Config = { directory: { '453*101': 'phone', '453*102': 'phone', reception: 'phone' } }

const talk = (leg: LegScript) => [leg.rings(0), leg.answers(5), leg.hangsUp(60, 'ANSWER')]
const talked = {
  ...legOf(101), kind: 'answered', direction: 'incoming', successful: true, remoteNumber: CLIENT,
  startedAt: at(0), answeredAt: at(5), endedAt: at(60), status: 'ANSWER', talkTime: lasting(55)
} as const

describe('R-ext: whose leg it is', () => {
  test('the numeric id before the dash tells caller from called, whatever the flow', () => {
    const caller = incoming(101, CLIENT, { parties: { callerExtension: '453*103@pbx.example', callerExtensionId: '85101' } })
    const called = outgoing(101, '453*104', {
      parties: { callerExtensionId: '1', calledExtension: '453*105', calledExtensionId: '85101' }
    })
    expect(classified(config, talk(caller)).ledger).toStrictEqual(ledger({ ...talked, extension: '453*103' }))
    expect(classified({ ...config, local: true }, talk(called)).ledger).toStrictEqual(
      ledger({ ...talked, direction: 'outgoing', remoteNumber: '453*104', extension: '453*104' })
    )
  })

  test('else by flow; a phone is its CalledNumber, an IVR or queue its CalledExtension', () => {
    const parties = { calledNumber: '453*101@pbx.example', calledExtension: '453*106', calledExtensionId: undefined }
    const extensions = (extensionType: 'phone' | 'queue') =>
      classified(config, [
        incoming(101, CLIENT, { parties, extensionType }).hangsUp(60, 'CANCEL', { bridged: 'no' }),
        incoming(101, CLIENT, { parties, extensionType }, 'b').answers(5)
      ]).ledger.map(({ kind, extension }) => [kind, extension])
    expect(extensions('phone')).toStrictEqual([['incomplete', '453*101']])
    expect(extensions('queue')).toStrictEqual([['missed', '453*106']])
  })
})

describe('R-type: what it is', () => {
  test('ExtType speaks before the directory: an incoming leg of a queue is no talk, one of a fax neither', () => {
    const told = (extensionType: 'queue' | 'fax') => talk(incoming(101)).concat(incoming(101).answers(6, { extensionType }))
    expect(classified(config, told('queue')).ledger).toStrictEqual([])
    expect(classified(config, told('fax')).ledger).toStrictEqual([])
  })

  test('the directory knows names and numeric ids; of a queue that was called by a DID the CalledExtension is looked up', () => {
    const byDid = incoming(887, CLIENT, { parties: { calledNumber: '74950000001', calledExtension: '453*887' } })
    const byShape = incoming(887, CLIENT, { parties: { calledNumber: '453*888', calledExtension: '453*887' } })
    const records = (directory: Config['directory'] & object, leg: LegScript) => classified({ directory }, talk(leg)).ledger.length
    expect(records({}, incoming(887))).toBe(1)
    expect(records({ '85887': 'queue' }, incoming(887))).toBe(0)
    expect(records({ '453*887': 'queue' }, byDid)).toBe(0)
    expect(records({ '453*887': 'queue' }, byShape)).toBe(1)
  })

  test('where no numeric id stands in the SubCallID, that of the caller is looked up for an outgoing leg, of the called one for an incoming', () => {
    const parties = { callerExtensionId: '1', calledExtensionId: '2' }
    const of = (direction: CallEvent['direction'], kind: 'rings' | 'hangsUp' = 'rings') => {
      const event = incoming(101, CLIENT, { parties })[kind](0)
      return [{ ...event, subCallId: 'none', direction }]
    }
    const types = (directory: Config['directory'] & object, events: ReadonlyArray<CallEvent>) => {
      const machine = correlator({ directory })
      const state = events.reduce((known, event) => machine.step(known, event)[0], machine.initial)
      return machine.explain(state, CALL)?.legs.map(({ extensionType }) => extensionType)
    }
    const directory = { 1: 'ivr', 2: 'queue' } as const
    expect(types(directory, of('outgoing'))).toEqual(['ivr'])
    expect(types(directory, of('incoming'))).toEqual(['queue'])
    expect(types(directory, of(undefined, 'hangsUp'))).toEqual(['phone'])
    expect(types({ ...directory, 85101: 'fax' }, [incoming(101, CLIENT, { parties }).rings(0)])).toEqual(['fax'])
  })

  test('of several ExtType the earliest counts, of two at the same time that of the dial', () => {
    const leg = incoming(101)
    const told = [leg.answers(5, { extensionType: 'queue' }), leg.rings(0, { extensionType: 'phone' }), leg.hangsUp(60, 'ANSWER', { extensionType: 'fax' })]
    expect(classified(config, told).ledger).toHaveLength(1)
    expect(classified(config, told.map((event) => ({ ...event, at: at(0) }))).ledger).toHaveLength(1)
    expect(classified(config, [leg.rings(5, { extensionType: 'phone' }), leg.answers(0, { extensionType: 'queue' }), leg.hangsUp(60, 'ANSWER')]).ledger).toHaveLength(0)
    expect(classified(config, [leg.rings(0), leg.answers(5, { extensionType: 'queue' }), leg.hangsUp(60, 'ANSWER')]).ledger).toHaveLength(0)
    expect(classified(config, told.slice(0, 1).concat(leg.rings(0), leg.hangsUp(60, 'ANSWER', { extensionType: 'phone' }))).ledger).toHaveLength(0)
  })
})

describe('R-own, R-local: calls between extensions', () => {
  const dialled = (leg: LegScript) => [leg.rings(0), leg.hangsUp(20, 'BUSY')]

  test('a colleague, a short number and a service code are local', () => {
    const numbers = ['453*555', '102', '*72', '#1', 'reception@pbx.example', '103', '+79160000009']
    expect(numbers.filter((number) => classified(config, dialled(outgoing(101, number))).ledger.length > 0)).toStrictEqual([
      '103',
      '+79160000009'
    ])
    expect(classified(config, dialled(outgoing(101, '103', { parties: { calledExtension: '453*103' } }))).ledger).toStrictEqual([])
  })

  test('the configuration may ask for them; of those that never hung up only the answered', () => {
    const local = { ...config, local: true }
    const leg = outgoing(101, '102')
    const called = { ...legOf(101), direction: 'outgoing', successful: false, remoteNumber: '102', startedAt: at(0) } as const
    expect(classified(local, dialled(leg)).ledger).toStrictEqual(
      ledger({ ...called, kind: 'unsuccessful', cause: 'busy', endedAt: at(20), status: 'BUSY' })
    )
    expect(classified(local, [leg.rings(0)]).ledger).toStrictEqual([])
    expect(classified(local, [leg.rings(0), leg.answers(5)]).ledger).toStrictEqual(
      ledger({ ...called, kind: 'incomplete', answeredAt: at(5) })
    )
  })
})
