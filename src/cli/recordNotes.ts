import type { CallRecord, LegRecord, MissedRecord } from '../index.js'

const callbackNotes = (record: CallRecord): ReadonlyArray<string> => [
  ...(record.callBackId === undefined ? [] : [`callback ${record.callBackId}`]),
  ...(record.context === undefined ? [] : [JSON.stringify(record.context)])
]

const causeNote = (record: LegRecord): ReadonlyArray<string> => {
  if (record.kind === 'incomplete') return ['never hung up']
  if (record.kind !== 'unsuccessful') return []
  if (record.cause !== 'other') return [record.cause]
  return [record.status === undefined ? 'no status' : `status ${record.status}`]
}

const transferNote = ({ transfer }: LegRecord): ReadonlyArray<string> => {
  if (transfer === undefined) return []
  const from = transfer.from === undefined ? 'transfer' : `transfer from ${transfer.from.extension}`
  return [transfer.client === undefined ? from : `${from} for ${transfer.client}`]
}

const legNotes = (record: LegRecord): ReadonlyArray<string> => [
  ...causeNote(record),
  ...transferNote(record),
  ...(record.onBehalf === true ? ['on behalf of the extension'] : []),
  ...(record.recordingId === undefined ? [] : ['recorded']),
  ...callbackNotes(record)
]

const missedNotes = (record: MissedRecord): ReadonlyArray<string> => [
  `at ${record.extensionType}`,
  ...(record.rang.length === 0 ? [] : [`rang ${record.rang.join(', ')}`]),
  ...callbackNotes(record)
]

/** What else a person wants to know of a call, most telling first. */
export const notesOf = (record: CallRecord): string => (record.kind === 'missed' ? missedNotes(record) : legNotes(record)).join('; ')
