import fc from 'fast-check'
import { isRight, left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { decodeInteractive } from '../../src/interactive/index.js'

const asked = {
  EventType: 'call_interactive',
  CallID: '262077EF325F4868AA49BF22309229F7',
  CallAPIID: '3584709739-262077ef',
  CallerIDNum: '+79160000001',
  CallerIDName: 'Client',
  CalledDID: '74950000001',
  CalledNumber: '453*800',
  CalledExtension: '453*800@pbx.example',
  CalledExtensionID: '96800',
  CallStatus: 'ANSWER',
  CallFlow: 'IN'
}

const read = {
  callId: '262077ef325f4868aa49bf22309229f7',
  callApiId: '3584709739-262077ef',
  callerNumber: '+79160000001',
  callerName: 'Client',
  did: '74950000001',
  calledNumber: '453*800',
  calledExtension: '453*800',
  calledExtensionId: '96800'
}

describe('the question of an IVR', () => {
  test('from outside', () => {
    expect(decodeInteractive(asked)).toEqual(right(read))
    expect(decodeInteractive(new URLSearchParams(asked).toString())).toEqual(right(read))
  })

  test('from inside the company', () => {
    expect(
      decodeInteractive({ ...asked, CallerIDNum: '453*101', CallerExtension: '453*101@pbx.example', CallerExtensionID: '85218' })
    ).toEqual(right({ ...read, callerNumber: '453*101', callerExtension: '453*101', callerExtensionId: '85218' }))
  })

  test('of an anonymous caller; an empty field is an absent one; a number is its text; what is unknown is tolerated', () => {
    expect(decodeInteractive({ EventType: 'call_interactive', CallID: 'ab12', CallerIDNum: '', CalledDID: 74950000001, New: [] })).toEqual(
      right({ callId: 'ab12', did: '74950000001' })
    )
  })
})

describe('what is none', () => {
  const none: ReadonlyArray<readonly [unknown, string, string, string]> = [
    [{ ...asked, EventType: 'dial-in' }, 'EventType', 'dial-in', 'is not call_interactive'],
    [{ ...asked, EventType: '' }, 'EventType', '', 'is missing'],
    [{ ...asked, CallID: undefined }, 'CallID', '', 'is missing'],
    [{ ...asked, CallID: 'a/b' }, 'CallID', 'a/b', 'has a / in it'],
    [{ ...asked, CallID: {} }, 'CallID', 'an object', 'is not a text'],
    [{ ...asked, CallerIDNum: true }, 'CallerIDNum', 'true', 'is not a text'],
    [{ ...asked, CallerIDName: 'x'.repeat(257) }, 'CallerIDName', 'x'.repeat(256), 'is longer than 256 characters'],
    ['', 'EventType', '', 'is missing'],
    [null, '', 'null', 'is neither a text nor an object'],
    [undefined, '', '', 'is neither a text nor an object'],
    [[], '', 'an array', 'is neither a text nor an object'],
    [7, '', '7', 'is neither a text nor an object'],
    [new Proxy({}, { get: () => { throw new Error('x') } }), '', '', 'cannot be read']
  ]
  for (const [raw, field, value, reason] of none) {
    test(`${field === '' ? 'the input' : field} ${reason}`, () => {
      expect(decodeInteractive(raw)).toEqual(left({ field, value, reason }))
    })
  }

  test('no input throws, and whatever is read has a CallID', () => {
    const fields = fc.dictionary(fc.constantFrom(...Object.keys(asked), '__proto__'), fc.oneof(fc.string(), fc.anything(), fc.constantFrom(...Object.values(asked))))
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string(), fields, fields.map((some) => ({ ...asked, ...some }))), (raw) => {
        const decoded = decodeInteractive(raw)
        if (isRight(decoded)) expect(decoded.right.callId).not.toBe('')
        else expect(decoded.left.reason).not.toBe('')
      })
    )
  })
})

test('what a value suffers on its way changes nothing', () => {
  const told = decodeInteractive('EventType=CALL_INTERACTIVE &CallID=AB12&CallerIDNum=+79160000001&CalledDID=74950000001 &CalledExtension=453*800%2540pbx.example&CallAPIID=null')
  expect(told).toEqual(right({ callId: 'ab12', callerNumber: '+79160000001', did: '74950000001', calledExtension: '453*800' }))
})
