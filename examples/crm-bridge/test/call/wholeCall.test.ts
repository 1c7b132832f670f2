import { ledger } from 'call-legs'
import { describe, expect, test } from 'vitest'
import { isOfKind, isLookedFor, speakerOf, stationsOf, talkTimeOf } from '../../src/call/wholeCall.js'
import { directory, lost, phone, queue, talk, type Fields } from '../story.js'

const recordsOf = (...events: ReadonlyArray<Fields>) => ledger({ directory })(events).records

describe('who speaks for a call', () => {
  test('the talk', () => {
    const records = recordsOf(...talk('a1'), phone('a1', 102).rings(1), phone('a1', 102).hangsUp(5, 'CANCEL'))
    expect(speakerOf(records)?.extension).toBe('453*101')
    expect(isOfKind('talked', records)).toBe(true)
  })

  test('the miss', () => {
    const records = recordsOf(...lost('b2'))
    expect(speakerOf(records)).toMatchObject({ kind: 'missed', extension: '453*887' })
    expect([isOfKind('missed', records), isOfKind('talked', records)]).toEqual([true, false])
  })

  test('of a client whom 101 answered, passed on and lost: the miss, and the way tells both', () => {
    const first = phone('c3')
    const passed = (fields: Fields): Fields => ({ ...fields, CallerIDNum: '453*101', CallerExtension: '453*101@pbx.example', RemoteNumber: '+79160000001' })
    const records = recordsOf(first.rings(0), first.answers(6), passed(queue('c3').rings(20)), first.hangsUp(26), passed(queue('c3').hangsUp(60, 'ANSWER', { Bridged: 'no' })))
    expect(speakerOf(records)?.kind).toBe('missed')
    expect(stationsOf(records).map(({ extension }) => extension)).toEqual(['453*101', '453*887'])
    expect([isOfKind('missed', records), talkTimeOf(records)]).toEqual([true, 20_000_000])
  })
})

test('what is looked for: a number in any writing, or all of some words, in any case', () => {
  const records = recordsOf(...talk('a1'))
  const found = (text: string): boolean => isLookedFor(text, records, ['ООО «Ромашка»', undefined])
  expect(['', '0000001', '8 (916) 000-00-01', '453*101', '101', 'РОМАШКА', 'ромаш ооо'].filter((text) => !found(text))).toEqual([])
  expect(['0000002', 'ромашка 222', 'василёк', '.*', '(a+)+$'].filter(found)).toEqual([])
})
