/** What the page takes from elsewhere: types alone, so that nothing of the server comes along. */
export type { CallEvent, CallExplanation, CallRecord, EpochMicros, LegExplanation, Micros, OpenLeg } from 'call-legs'
export type { Employees } from '../call/employees.js'
export type { CallKind } from '../call/wholeCall.js'
export type { CallsPage, CallTold, ListedCall, ToCallBackAnswer, WaitingClient } from '../http/callList.js'
export type { CrmTold } from '../http/crm.js'
export type { ReconciliationTold } from '../store/reconciliationTable.js'
export type { Caller, Ringing } from '../http/ringing.js'
