import { isRight } from 'fp-ts/lib/Either.js'
import { PathReporter } from 'io-ts/lib/PathReporter.js'
import { describe, expect, test } from 'vitest'
import { checkedPlaced, Json } from '../../src/call/Placed.js'
import { correlator, type Change } from '../../src/index.js'

const AT = 1_780_000_000_000_000
const DEAL = { deal: 42, names: ['Reception', null], open: true, none: {} }

const placed = (word: object): ReadonlyArray<Change> => {
  const { initial, placed: told } = correlator({})
  return told(initial, { callId: 'AB12', at: AT, ...word })[1]
}

const refusal = (word: object): unknown => {
  const [change] = placed(word)
  return change?.change === 'rejected' ? change.error : change
}

/** A list in a list, so many times. */
const nested = (depth: number): unknown => (depth === 0 ? [] : [nested(depth - 1)])

describe('the application says that it placed a call', () => {
  test('with the number it calls, and a context of its own: its time without a fraction, its CallID in lower case', () => {
    expect(checkedPlaced({ callId: 'AB12', at: AT + 0.5, destination: '+79160000001', context: DEAL })).toStrictEqual({
      _tag: 'Right',
      right: { callId: 'ab12', at: AT, destination: '+79160000001', context: DEAL }
    })
    expect(checkedPlaced({ callId: 'ab12', at: AT })).toStrictEqual({ _tag: 'Right', right: { callId: 'ab12', at: AT } })
  })

  test('the context is kept as it was then', () => {
    const names = ['Reception']
    const word = checkedPlaced({ callId: 'ab12', at: AT, context: names })
    names.push('Sales')
    expect(isRight(word) && word.right.context).toStrictEqual(['Reception'])
  })

  test('without a moment, a CallID or a number, or with what JSON cannot say, it is rejected with the reason', () => {
    expect(placed({})).toEqual([])
    expect(refusal({ at: 1_780_000_000_000 })).toEqual({ field: 'at', value: '1780000000000', reason: 'is no moment in microseconds since 1970' })
    expect(refusal({ at: undefined })).toEqual({ field: 'at', value: '', reason: 'is no moment in microseconds since 1970' })
    for (const callId of ['', 'a/b', 7]) expect(refusal({ callId })).toEqual({ field: 'callId', value: String(callId), reason: 'is no CallID' })
    expect(refusal({ destination: 7 })).toEqual({ field: 'destination', value: '7', reason: 'is no number' })
    expect(refusal({ context: [() => 1] })).toEqual({ field: 'context', value: 'what was given', reason: 'is not what JSON can say' })
  })
})

test('an object of the application\'s own making that throws when it is read is rejected', () => {
  const error = { field: '', value: '', reason: 'cannot be read' }
  expect(checkedPlaced({ callId: 'ab12', get at(): number { throw new Error('none') } })).toStrictEqual({ _tag: 'Left', left: error })
})

describe('what JSON can say', () => {
  test('texts, numbers, yes and no, nothing, lists and objects of them', () => {
    for (const said of [null, true, false, '', 'x', 0, -1.5, [], {}, DEAL, nested(99)]) expect(Json.is(said)).toBe(true)
  })

  test('no infinity, nothing undefined, no function, nothing nested deeper than 100', () => {
    for (const unsaid of [Infinity, NaN, undefined, 1n, () => 1, [1, undefined], { a: 'x', b: Symbol('x') }, nested(100)]) expect(Json.is(unsaid)).toBe(false)
    expect(PathReporter.report(Json.decode(undefined))).toEqual(['is not what JSON can say'])
  })
})
