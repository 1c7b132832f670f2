import { RULES, type CallExplanation, type CallRecord, type CallReducer, type EpochMicros, type OneCall } from 'call-legs'
import { isRight } from 'fp-ts/lib/Either.js'
import { readHistory } from '../store/callTables.js'
import type { Sql } from '../store/Database.js'
import { readCallRow } from '../store/readTables.js'
import { readCall } from './StoredCall.js'
import type { Word } from './Word.js'

/** Why a record is what it is, in sentences. */
export interface Explained {
  readonly verdict: string
  readonly rules: ReadonlyArray<{ readonly rule: string; readonly sentence: string }>
  readonly call: ReadonlyArray<{ readonly leg: string; readonly extension?: string; readonly verdict: string }>
  readonly missed: string
  readonly anomalies: CallExplanation['anomalies']
}

const legOf = (record: CallRecord): string => record.id.slice(record.callId.length + 1)

const explained = (record: CallRecord, call: CallExplanation): Explained => ({
  verdict: record.kind === 'missed' ? call.missed.verdict : (call.legs.find(({ leg }) => leg === legOf(record))?.verdict ?? ''),
  rules: record.because.map((rule) => ({ rule, sentence: RULES[rule] })),
  call: call.legs.map(({ leg, extension, verdict }) => ({ leg, ...(extension === undefined ? {} : { extension }), verdict })),
  missed: call.missed.verdict,
  anomalies: call.anomalies
})

const tell = (reducer: CallReducer<OneCall>, call: OneCall, word: Word): OneCall =>
  word.kind === 'event' ? reducer.step(call, word.event)[0] : word.kind === 'placed' ? reducer.placed(call, word.placed)[0] : call

/** What the explanation of a call is made from. */
interface Sources {
  readonly database: Sql
  readonly reducer: CallReducer<OneCall>
  readonly now: () => EpochMicros
}

/** From the call's state while it is held; of one that was let go from its events, as after its end. */
export const explainCall = async ({ database, reducer, now }: Sources, callId: string): Promise<CallExplanation | undefined> => {
  const row = await readCallRow(database, callId)
  const stored = row === undefined ? undefined : readCall(reducer)(row)
  const held = stored !== undefined && isRight(stored) ? reducer.explain(stored.right.call, now()) : undefined
  if (held?.state === 'held') return held
  const { words } = await readHistory(database, callId)
  return reducer.explain(words.reduce((call, word) => tell(reducer, call, word), reducer.initial), Infinity)
}

export const explanationOf = async (sources: Sources, record: CallRecord): Promise<Explained | undefined> => {
  const call = await explainCall(sources, record.callId)
  return call === undefined ? undefined : explained(record, call)
}
