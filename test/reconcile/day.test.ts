import { beforeAll, describe, expect, test } from 'vitest'
import type { CallHistory, CallRecord } from '../../src/index.js'
import type { PlayedCall } from '../pbx/index.js'
import { callHistory } from '../vendor/callHistory.js'
import { smallCompany } from '../../src/testing/Company.js'
import { allAnswers, atRandom, dayOf, listedOverHttp, reconciled, wholeHour } from './day.js'

const day = dayOf(20, 2000)
const TALKS: ReadonlyArray<string> = ['answered', 'transferred', 'callback']

const shown = (subCallId: string, talkTime: number | undefined): string => `${subCallId.split('-')[0] ?? ''} ${talkTime === undefined ? '' : Math.round(talkTime / 1e6)}`

/** The talks of the truth, as the history can know them: whose they were, and how long to the second. */
const talksOf = ({ expected = [] }: PlayedCall): ReadonlyArray<string> =>
  expected.flatMap(({ id, kind, talkTime }) => (TALKS.includes(kind) ? [shown(id.split('/')[1] ?? '', talkTime)] : [])).sort()

const talksAfter = (records: ReadonlyArray<CallRecord>): ReadonlyArray<string> =>
  records.flatMap((record) => (record.successful ? [shown(record.subCallId, record.talkTime)] : [])).sort()

/** Does the history show that the call was missed? Of a call in which somebody talked it does not say what came after. */
const showsMiss = (call: PlayedCall): boolean => callHistory(smallCompany, call)['result'] !== 'bridged'

const isMissed = ({ expected = [] }: PlayedCall): boolean => expected.some(({ kind }) => kind === 'missed')

/** A hangup may say `ANSWER` where nobody answered: of such a talk the history knows nothing. */
const isAnswered = ({ events, expected = [] }: PlayedCall): boolean =>
  expected.every(({ id, kind }) => !TALKS.includes(kind) || events.some((event) => event['EventType'] === 'answer' && id.includes(event['SubCallID'] ?? '?')))

const known = day.filter((call) => call.expected !== undefined && isAnswered(call))

let listed: ReadonlyArray<CallHistory> = []
beforeAll(async () => {
  listed = await listedOverHttp(day)
})

test('the history lists every call of the day', () => {
  expect(listed).toHaveLength(2000)
})

test('where nothing was lost there is nothing to find', () => {
  const { found } = reconciled(day, listed, () => false)
  expect(found.differences).toEqual([])
  expect(found.problems).toEqual([])
})

describe.each([
  ['a tenth of the webhooks, at random', atRandom(7)],
  ['a whole hour', wholeHour],
  ['all answers', allAnswers]
])('after losing %s', (_, isLost) => {
  const run = () => reconciled(day, listed, isLost)
  let after: ReturnType<typeof run>
  beforeAll(() => {
    after = run()
  })

  test('every talk that the history knows has its record, and none is there twice', () => {
    const wrong = known.flatMap((call) => {
      const [truth, told] = [talksOf(call), talksAfter(after.recordsOf(call.callId))]
      return JSON.stringify(truth) === JSON.stringify(told) ? [] : [{ flow: call.flow, callId: call.callId, truth, told }]
    })
    expect(wrong).toEqual([])
  })

  test('every miss that the history shows is a miss, and nothing else is one', () => {
    const told = (call: PlayedCall): boolean => after.recordsOf(call.callId).some(({ kind }) => kind === 'missed')
    expect(known.filter((call) => isMissed(call) && showsMiss(call) && !told(call)).map(({ flow, callId }) => [flow, callId])).toEqual([])
    expect(known.filter((call) => !isMissed(call) && told(call)).map(({ flow, callId }) => [flow, callId])).toEqual([])
  })

  test('nothing that was right before has changed', () => {
    const text = (record: CallRecord): string => JSON.stringify({ ...record, because: [] })
    const truth = reconciled(day, [], () => false).before
    const changed = known.flatMap(({ flow, callId }) => {
      const right = (truth.get(callId) ?? []).map(text)
      const now = after.recordsOf(callId).map(text)
      return (after.before.get(callId) ?? []).map(text).filter((record) => right.includes(record) && !now.includes(record)).map((record) => [flow, record])
    })
    expect(changed).toEqual([])
  })

  test('what was taken in is not found again', () => {
    expect(after.again().differences).toEqual([])
  })
})
