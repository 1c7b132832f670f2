import fc from 'fast-check'
import { isRight, left, right } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { CallRecord, type IncompleteRecord } from '../../src/index.js'
import { completeFromHistory, completionErrorMessage, historyLegOf, type CallHistory, type HistoryLeg } from '../../src/ports/index.js'
import { without } from './without.js'

const AT = 1_780_000_686_000_000
const CALL = '262077ef325f4868aa49bf22309229f7'

/** A talk whose hangup was lost: dialled at .478202, answered 41 s later. */
const incomplete: IncompleteRecord = {
  v: 1,
  id: `${CALL}/85219-e6bd`,
  kind: 'incomplete',
  direction: 'incoming',
  successful: false,
  callId: CALL,
  subCallId: '85219-e6bd',
  extension: '453*102',
  remoteNumber: '+79160000001',
  did: '74950000001',
  startedAt: AT + 478_202,
  answeredAt: AT + 41_230_118,
  because: ['R-in', 'R-expiry']
}

const talk: HistoryLeg = {
  extensionId: '85219',
  extension: '453*102',
  direction: 'incoming',
  startedAt: AT + 470_000,
  answeredAt: AT + 41_000_000,
  endedAt: AT + 52_000_000,
  duration: 11_000_000,
  result: 'answered',
  recordingId: '85219-0F1E'
}

const history = (...legs: ReadonlyArray<HistoryLeg>): CallHistory => ({ callId: CALL, legs })

describe('an incomplete record is completed', () => {
  test('a talk: its end, its length and its recording come from the history, everything else stays as the events told it', () => {
    expect(completeFromHistory(incomplete, history(talk))).toEqual(
      right({
        ...incomplete,
        kind: 'answered',
        successful: true,
        status: 'ANSWER',
        endedAt: AT + 52_000_000,
        talkTime: 11_000_000,
        recordingId: '85219-0F1E'
      })
    )
  })

  test('a talk of a call that was placed is a callback, one that followed a transfer is transferred', () => {
    expect(completeFromHistory({ ...incomplete, callBackId: CALL, context: { deal: 42 } }, history(talk))).toMatchObject({
      right: { kind: 'callback', callBackId: CALL, context: { deal: 42 } }
    })
    expect(completeFromHistory({ ...incomplete, callBackId: CALL, transfer: {} }, history(talk))).toMatchObject({ right: { kind: 'transferred' } })
  })

  test('the answer comes from the history where it was lost too', () => {
    expect(completeFromHistory({ ...without(incomplete, 'answeredAt'), direction: 'outgoing' }, history({ ...talk, direction: 'outgoing' }))).toMatchObject({
      right: { kind: 'answered', answeredAt: AT + 41_000_000 }
    })
  })

  test('without a duration the talk time is the end less the answer', () => {
    expect(completeFromHistory(incomplete, history(without(talk, 'duration')))).toMatchObject({ right: { talkTime: 11_000_000 } })
  })

  test('the history\'s whole seconds never end a leg before its answer', () => {
    const brief = { ...talk, answeredAt: AT + 41_000_000, endedAt: AT + 41_000_000, duration: 0 }
    expect(completeFromHistory(incomplete, history(brief))).toMatchObject({ right: { endedAt: AT + 41_230_118, talkTime: 0 } })
  })

  const causes = [
    ['busy', undefined, 'busy', 'BUSY'],
    ['not answered', 'internal_cancel', 'no-answer', 'NOANSWER'],
    ['not answered', 'caller_cancel', 'cancelled', 'CANCEL'],
    ['busy', 'caller_cancel', 'busy', 'BUSY'],
    ['rejected', 'callee_refuse', 'other', undefined],
    ['failed', undefined, 'other', undefined],
    ['voicemail', undefined, 'other', undefined],
    ['constructor', undefined, 'other', undefined],
    ['__proto__', undefined, 'other', undefined]
  ] as const
  for (const [result, hangup, cause, status] of causes) {
    test(`${result}${hangup === undefined ? '' : `, ${hangup}`}: unsuccessful, ${cause}`, () => {
      const unanswered = without(incomplete, 'answeredAt')
      const leg = { ...talk, direction: 'outgoing' as const, result, ...(hangup === undefined ? {} : { hangup }) }
      const completed = completeFromHistory({ ...unanswered, direction: 'outgoing' }, history(leg))
      expect(completed).toMatchObject({ right: { kind: 'unsuccessful', successful: false, cause, endedAt: AT + 52_000_000 } })
      expect(isRight(completed) && completed.right.status).toBe(status)
    })
  }
})

describe('it stays incomplete', () => {
  test('while the history does not know the end either', () => {
    expect(completeFromHistory(incomplete, history(without(talk, 'endedAt')))).toEqual(left({ kind: 'still-open', id: incomplete.id }))
  })

  test('if the history does not say what came of it', () => {
    expect(completeFromHistory(incomplete, history(without(talk, 'result')))).toEqual(left({ kind: 'no-result', id: incomplete.id }))
  })

  test('if it is the history of another call', () => {
    expect(completeFromHistory(incomplete, { callId: 'ab12', legs: [talk] })).toEqual(
      left({ kind: 'other-call', callId: CALL, historyCallId: 'ab12' })
    )
  })

  test('if nothing in it fits', () => {
    for (const leg of [
      { ...talk, extensionId: '85218' },
      { ...talk, direction: 'outgoing' as const },
      { ...talk, startedAt: AT + 6_000_000 }
    ]) {
      expect(completeFromHistory(incomplete, history(leg))).toEqual(left({ kind: 'no-such-leg', id: incomplete.id }))
    }
    expect(completeFromHistory(incomplete, history())).toEqual(left({ kind: 'no-such-leg', id: incomplete.id }))
  })

  test('if several fit equally well', () => {
    expect(completeFromHistory(incomplete, history(talk, { ...talk, recordingId: '85219-OTHER' }))).toEqual(
      left({ kind: 'ambiguous-leg', id: incomplete.id, candidates: 2 })
    )
  })
})

describe('the leg of the history that is the leg of the record', () => {
  test('of a phone that a queue rang twice it is the one that rang at the same time', () => {
    const later = { ...talk, startedAt: AT + 20_470_000, recordingId: 'LATER' }
    const record = { ...incomplete, startedAt: AT + 20_478_202 }
    expect(historyLegOf(record, history(talk, later))).toEqual(right(later))
    expect(historyLegOf(incomplete, history(later, talk))).toEqual(right(talk))
  })

  test('the CallID of the history may be in upper case', () => {
    expect(historyLegOf(incomplete, { callId: CALL.toUpperCase(), legs: [talk] })).toEqual(right(talk))
  })

  test('where the SubCallID has no id, the extension\'s name tells', () => {
    const record = { ...incomplete, id: `${CALL}/453*102`, subCallId: '453*102' }
    expect(historyLegOf(record, history({ ...talk, extension: '453*101' }, talk))).toEqual(right(talk))
  })

  test('where the dial was lost, the answer or the end tells', () => {
    const undialled = without(incomplete, 'startedAt')
    expect(historyLegOf(undialled, history({ ...talk, answeredAt: AT + 10_000_000 }, talk))).toEqual(right(talk))
    const ended = { ...undialled, kind: 'unsuccessful', cause: 'busy', endedAt: AT + 52_400_000 } as const
    expect(historyLegOf(without(ended, 'answeredAt'), history({ ...talk, endedAt: AT + 90_000_000 }, talk))).toEqual(right(talk))
  })

  test('a leg that nothing dates is taken only if it is the only one', () => {
    const undated: HistoryLeg = { extensionId: '85219', result: 'answered' }
    expect(historyLegOf(incomplete, history(undated))).toEqual(right(undated))
    expect(historyLegOf(incomplete, history(undated, undated))).toMatchObject({ left: { kind: 'ambiguous-leg' } })
    expect(historyLegOf(incomplete, history(undated, talk))).toEqual(right(talk))
  })

  test('a transfer of the history is that of a record with a transfer, and of no other', () => {
    const forward: HistoryLeg = { extensionId: '85219', transferred: true, startedAt: AT + 470_000 }
    expect(historyLegOf({ ...incomplete, direction: 'outgoing', transfer: {} }, history(forward))).toEqual(right(forward))
    expect(historyLegOf(incomplete, history(forward))).toMatchObject({ left: { kind: 'no-such-leg' } })
  })
})

test('whatever the history says, a completed record is a record, of the same id, and keeps what the events told', () => {
  const moment = fc.option(fc.integer({ min: AT - 10_000_000, max: AT + 90_000_000 }), { nil: undefined })
  const leg = fc
    .record({
      extensionId: fc.constantFrom('85219', '85218'),
      direction: fc.constantFrom('incoming' as const, undefined),
      startedAt: moment,
      answeredAt: moment,
      endedAt: moment,
      duration: fc.option(fc.nat({ max: 60_000_000 }), { nil: undefined }),
      result: fc.option(fc.constantFrom('answered', 'busy', 'not answered', 'rejected', 'toString'), { nil: undefined }),
      hangup: fc.option(fc.constantFrom('caller_cancel', 'callee_bye'), { nil: undefined }),
      recordingId: fc.option(fc.constantFrom('A', 'B'), { nil: undefined })
    })
    .map((facts): HistoryLeg => Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)))
  fc.assert(
    fc.property(fc.array(leg, { maxLength: 4 }), fc.boolean(), (legs, dialled) => {
      const record = dialled ? incomplete : without(incomplete, 'startedAt')
      const completed = completeFromHistory(record, history(...legs))
      if (isRight(completed)) {
        expect(completed.right).toMatchObject(without(record, 'kind', 'successful'))
        expect(isRight(CallRecord.decode(JSON.parse(JSON.stringify(CallRecord.encode(completed.right)))))).toBe(true)
        expect(completed.right.kind).not.toBe('incomplete')
        expect(completed.right.endedAt).toBeGreaterThanOrEqual(record.answeredAt ?? 0)
      } else expect(completionErrorMessage(completed.left)).not.toBe('')
    })
  )
})

test('every error has a sentence', () => {
  expect(completionErrorMessage({ kind: 'other-call', callId: 'ab12', historyCallId: 'cd34' })).toBe(
    'the history is that of the call cd34, the record that of ab12'
  )
  expect(completionErrorMessage({ kind: 'no-such-leg', id: 'ab12/x' })).toBe('ab12/x: the call history has no such leg')
  expect(completionErrorMessage({ kind: 'ambiguous-leg', id: 'ab12/x', candidates: 2 })).toBe('ab12/x: 2 legs of the call history fit equally well')
  expect(completionErrorMessage({ kind: 'still-open', id: 'ab12/x' })).toBe('ab12/x: the call history does not know the end of this leg either')
  expect(completionErrorMessage({ kind: 'no-result', id: 'ab12/x' })).toBe('ab12/x: the call history does not say what came of this leg')
})
