import { CallRecord, sortLedger } from 'call-legs'
import { isRight } from 'fp-ts/lib/Either.js'
import { expect } from 'vitest'
import type { WireEvent } from '../../pbx/recording.js'
import { classified } from './classified.js'

/** A change as the bridge's outbox gives it. */
export interface Told {
  readonly seq: number
  readonly change:
    | { readonly change: 'registered' | 'revised'; readonly revision: number; readonly record: CallRecord }
    | { readonly change: 'retracted'; readonly revision: number; readonly previous: CallRecord }
}

const get = async (url: string): Promise<Response> => {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
  return response
}

/** The whole outbox, as a CRM that polls it reads it: page by page. */
export const changesOf = async (url: string): Promise<ReadonlyArray<Told>> => {
  const all: Array<Told> = []
  for (;;) {
    const response = await get(`${url}/api/changes?after=${all.at(-1)?.seq ?? 0}&limit=500`)
    const { changes } = (await response.json()) as { readonly changes: ReadonlyArray<Told> }
    if (changes.length === 0) return all
    all.push(...changes)
  }
}

const idOf = ({ change }: Told): string => (change.change === 'retracted' ? change.previous.id : change.record.id)

/** Each (id, revision) once, and of each id the revisions 1, 2, 3 … in the order of the outbox. */
export const expectNoHolesIn = (changes: ReadonlyArray<Told>): void => {
  const revisions = new Map<string, Array<number>>()
  for (const told of changes) revisions.set(idOf(told), [...(revisions.get(idOf(told)) ?? []), told.change.revision])
  const wrong = [...revisions].filter(([, some]) => some.some((revision, i) => revision !== i + 1))
  expect(wrong, 'records whose revisions are not 1, 2, 3 …').toEqual([])
  const seqs = changes.map(({ seq }) => seq)
  expect(seqs, 'the order of the outbox').toEqual([...seqs].sort((a, b) => a - b))
}

/** What the changes add up to: upsert, upsert, delete; a record a line. */
const addedUp = (changes: ReadonlyArray<Told>): string => {
  const records = new Map<string, CallRecord>()
  for (const told of changes) {
    if (told.change.change === 'retracted') records.delete(idOf(told))
    else {
      const read = CallRecord.decode(told.change.record)
      if (!isRight(read)) throw new Error(`this is no record: ${JSON.stringify(told.change.record)}`)
      records.set(read.right.id, read.right)
    }
  }
  return sortLedger(records.values()).map((record) => `${JSON.stringify(CallRecord.encode(record))}\n`).join('')
}

const lines = (text: string): ReadonlyArray<string> => text.split('\n')

/** `because` aside: what came in another order may be so for other reasons, and a change of these alone is no revision. */
const withoutReasons = (ledger: string): string => ledger.replaceAll(/"because":\[[^\]]*\]/g, '"because":[]')

/** Line by line, so that a failure shows the records in question and not two megabytes. */
export const expectSameLines = (found: string, expected: string): void => {
  const [has, should] = [new Set(lines(found)), new Set(lines(expected))]
  expect({
    missing: [...should].filter((line) => !has.has(line)).slice(0, 5),
    unexpected: [...has].filter((line) => !should.has(line)).slice(0, 5)
  }).toEqual({ missing: [], unexpected: [] })
  expect(found === expected, 'the same lines, in the same order and number').toBe(true)
}

export const ledgerOf = async (url: string): Promise<string> => (await get(`${url}/api/ledger`)).text()

/**
 * The bridge has let everything go; then its records must be, byte for byte but for `because`, what `call-legs
 * classify` makes of the same events, its changes without holes and repeats, and the changes must add up to the
 * records, these reasons included.
 *
 * This is exact, and not nearly so: `classify` holds everything until the end of the events, and no call's retention
 * has passed in the bridge before its last event was there. Between these two there may be any ticks (`L-tick`), any
 * order (`L-order`) and any repeats (`L-repeat`).
 */
export const expectLedgerOf = async (url: string, events: ReadonlyArray<WireEvent>): Promise<void> => {
  const { ledger } = classified(events)
  expect(lines(ledger).length).toBeGreaterThan(10)
  const found = await ledgerOf(url)
  expectSameLines(withoutReasons(found), withoutReasons(ledger))
  const changes = await changesOf(url)
  expectNoHolesIn(changes)
  expectSameLines(addedUp(changes), found)
}
