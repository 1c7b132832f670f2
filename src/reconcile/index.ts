/**
 * The PBX's call history beside the records: what webhooks lost is found, and comes back as events.
 *
 * @module
 */
export { historyEvents, type HistoryEvents } from './historyEvents.js'
export { differenceMessage, reconcile, type Difference, type DifferenceKind, type Reconciliation } from './reconcile.js'
