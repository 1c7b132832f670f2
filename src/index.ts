/**
 * `call-legs` turns the webhook events of a hosted PBX into call records that a CRM can trust.
 *
 * @module
 */
export type { Anomaly, AnomalyKind } from './call/Anomaly.js'
export { Json, type Placed } from './call/Placed.js'
export type { Config, Directory } from './config/Config.js'
export { callReducer, type OneCall } from './reducer/callReducer.js'
export type { Change } from './reducer/Change.js'
export type { CallReducer, Correlator, OpenLeg, Reducer, Transition } from './reducer/Reducer.js'
export { correlator } from './correlator/correlator.js'
export type { State } from './correlator/State.js'
export { ledger, type Ledger } from './ledger/ledger.js'
export type { Input } from './reducer/Input.js'
export type { CallExplanation, LegExplanation, MissedExplanation } from './reducer/Explanation.js'
export { stateErrorMessage, type StateError } from './state/StateError.js'
export type { CallEvent, Direction, ExtensionType, InvalidField, Parties } from './event/CallEvent.js'
export { decodeErrorMessage, type DecodeError, type Ignored } from './event/DecodeError.js'
export { fromDate, fromMillis, hours, minutes, seconds, toDate, toSeconds, type EpochMicros, type Micros } from './event/time.js'
export {
  CallRecord,
  type AnsweredRecord,
  type CallbackRecord,
  type Cause,
  type IncompleteRecord,
  type LegRecord,
  type MissedRecord,
  type Transfer,
  type TransferredRecord,
  type UnsuccessfulRecord
} from './record/CallRecord.js'
export { LedgerOrd, sortLedger } from './record/ledger.js'
export { RULES, type RuleName } from './record/rules.js'
export { decode } from './wire/ringme/decode.js'
export type { WireFields } from './wire/ringme/fields.js'
export { mergeFields, parseForm } from './wire/ringme/form.js'
export { RingMeEvent } from './wire/ringme/RingMeEvent.js'
export * from './ports/index.js'
