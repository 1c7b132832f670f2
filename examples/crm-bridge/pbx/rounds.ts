import { createHash } from 'node:crypto'
import type { WireEvent } from './recording.js'

/** An id of a call, a leg or a recording, as the vendor writes it: 32 hex digits, with dashes or without. */
const ID = /[0-9a-f]{8}(-?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}/gi

const DASHED = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/

const renamed = (id: string, round: number): string => {
  const hex = createHash('sha256').update(`${round} ${id.replaceAll('-', '').toLowerCase()}`).digest('hex').slice(0, 32)
  return id.includes('-') ? hex.replace(DASHED, '$1-$2-$3-$4-$5') : hex
}

/** The same calls once more, as other calls: all ids are new, and agree as they did. Round 0 is the recording itself. */
export const asOtherCalls = (events: ReadonlyArray<WireEvent>, round: number): ReadonlyArray<WireEvent> =>
  round === 0
    ? events
    : events.map((event) => Object.fromEntries(Object.entries(event).map(([field, value]) => [field, value.replace(ID, (id) => renamed(id, round))])))
