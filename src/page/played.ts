import { isLeft } from 'fp-ts/lib/Either.js'
import type { Config } from '../config/Config.js'
import { correlator } from '../correlator/correlator.js'
import type { State } from '../correlator/State.js'
import { decodeErrorMessage } from '../event/DecodeError.js'
import type { CallRecord } from '../record/CallRecord.js'
import { sortLedger } from '../record/ledger.js'
import type { Change } from '../reducer/Change.js'
import type { Correlator } from '../reducer/Reducer.js'
import { decode } from '../wire/ringme/decode.js'

/** The stream up to a point of it. */
interface Moment {
  readonly state: State
  /** What the last input changed. */
  readonly changes: ReadonlyArray<Change>
}

/** A stream that was played. */
export interface Played {
  readonly calls: Correlator<State>
  /** Before the first event, after each, and at the end of time. */
  readonly moments: ReadonlyArray<Moment>
  /** What it comes to. */
  readonly ledger: ReadonlyArray<CallRecord>
  /** Which lines could not be read, and why. */
  readonly rejected: ReadonlyArray<{ readonly line: number; readonly why: string }>
}

export const linesOf = (text: string): ReadonlyArray<string> => text.split(/\r?\n/).filter((line) => line.trim() !== '')

/** What a step or the end of time left in the ledger. */
const applied = (ledger: ReadonlyMap<string, CallRecord>, changes: ReadonlyArray<Change>): ReadonlyMap<string, CallRecord> => {
  const next = new Map(ledger)
  for (const change of changes) {
    if (change.change === 'retracted') next.delete(change.previous.id)
    else if (change.change === 'registered' || change.change === 'revised') next.set(change.record.id, change.record)
  }
  return next
}

/** Plays the lines: every state on the way stays what it was, so that the slider can go back. */
export const play = (config: Config, lines: ReadonlyArray<string>): Played => {
  const calls = correlator(config)
  const moments: Array<Moment> = [{ state: calls.initial, changes: [] }]
  const rejected: Array<Played['rejected'][number]> = []
  let state = calls.initial
  let ledger: ReadonlyMap<string, CallRecord> = new Map()
  lines.forEach((line, i) => {
    const read = decode(line)
    if (isLeft(read)) rejected.push({ line: i + 1, why: decodeErrorMessage(read.left) })
    const [next, changes] = isLeft(read) || read.right.kind === 'ignored' ? [state, []] : calls.step(state, read.right)
    state = next
    ledger = changes.length === 0 ? ledger : applied(ledger, changes)
    moments.push({ state, changes })
  })
  const [, last] = calls.drain(state)
  // the state before the end, which knows the calls, with what the end of time adds
  moments.push({ state, changes: last })
  return { calls, moments, ledger: sortLedger([...applied(ledger, last).values()]), rejected }
}

/** A record without its explanation: that may differ where the record does not. */
const told = (record: CallRecord): string => JSON.stringify({ ...record, because: [] })

/** In what two ledgers differ, for a person. */
export const differences = (before: ReadonlyArray<CallRecord>, after: ReadonlyArray<CallRecord>): ReadonlyArray<string> => {
  const [olds, news] = [new Map(before.map((record) => [record.id, record])), new Map(after.map((record) => [record.id, record]))]
  const name = ({ kind, extension, remoteNumber }: CallRecord): string => [kind, extension, remoteNumber].filter((part) => part !== undefined).join(' ')
  return [
    ...before.filter(({ id }) => !news.has(id)).map((record) => `gone: ${name(record)}`),
    ...after.flatMap((record) => {
      const old = olds.get(record.id)
      return old === undefined ? [`new: ${name(record)}`] : told(old) === told(record) ? [] : [`other: ${name(old)} is ${name(record)}`]
    })
  ]
}
