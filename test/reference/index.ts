/**
 * The reference semantics: what the drained ledger and the anomalies of a set of events are, computed in one go, slowly and
 * plainly, straight from the sentences of the specification. It shares types with the library and no functions, so that the two
 * cannot be wrong in the same way; read it beside the specification.
 */
import type { Anomaly } from '../../src/call/Anomaly.js'
import type { Placed } from '../../src/call/Placed.js'
import type { Config } from '../../src/config/Config.js'
import type { CallEvent } from '../../src/event/CallEvent.js'
import type { CallRecord } from '../../src/record/CallRecord.js'
import { anomaliesOf } from './anomalies.js'
import { byCodeUnits, setOf } from './events.js'
import { whatCounts } from './history.js'
import { legsOf, type Call } from './legs.js'
import { missedRecord } from './missed.js'
import { legRecords } from './records.js'

const textOfPlaced = ({ destination, context }: Placed): string => JSON.stringify({ destination, context })

/** Of several `placed` of one call the earliest counts, then the greater text. */
const placedOf = (callId: string, placed: ReadonlyArray<Placed>): Placed | undefined =>
  placed
    .filter((one) => one.callId.toLowerCase() === callId)
    .sort((a, b) => a.at - b.at || byCodeUnits(textOfPlaced(b), textOfPlaced(a)))[0]

const callsOf = (config: Config, events: ReadonlyArray<CallEvent>, placed: ReadonlyArray<Placed>): ReadonlyArray<Call> =>
  [...new Set(events.map(({ callId }) => callId))].map((callId) => {
    const own = setOf(whatCounts(events.filter((event) => event.callId === callId)))
    return { callId, events: own, legs: legsOf(config, own), placed: placedOf(callId, placed) }
  })

const endOf = (record: CallRecord): number => (record.kind === 'incomplete' ? Number.POSITIVE_INFINITY : record.endedAt)

/** The ledger, the final list, is sorted by `endedAt` (absent last), then `id` by code units. */
const inLedgerOrder = (a: CallRecord, b: CallRecord): number =>
  endOf(a) === endOf(b) ? byCodeUnits(a.id, b.id) : endOf(a) < endOf(b) ? -1 : 1

/** By call, leg, kind, field, value: no two have all of these in common. */
const inAnomalyOrder = (a: Anomaly, b: Anomaly): number =>
  byCodeUnits(a.callId, b.callId) ||
  byCodeUnits(a.leg ?? '', b.leg ?? '') ||
  byCodeUnits(a.kind, b.kind) ||
  byCodeUnits(a.field ?? '', b.field ?? '') ||
  byCodeUnits(a.value ?? '', b.value ?? '')

/** What stands after a drain of the whole stream, if no call expired before its last event. `because` is left empty. */
export const reference = (
  config: Config,
  events: ReadonlyArray<CallEvent>,
  placed: ReadonlyArray<Placed> = []
): { readonly ledger: ReadonlyArray<CallRecord>; readonly anomalies: ReadonlyArray<Anomaly> } => {
  const calls = callsOf(config, setOf(events), placed)
  const records = calls.flatMap((call): ReadonlyArray<CallRecord> => {
    const missed = missedRecord(config, call)
    return missed === undefined ? legRecords(config, call) : [...legRecords(config, call), missed]
  })
  return {
    ledger: [...records].sort(inLedgerOrder),
    anomalies: calls.flatMap((call) => anomaliesOf(config, call)).sort(inAnomalyOrder)
  }
}
