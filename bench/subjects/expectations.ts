import type { CallRecord, Change } from 'call-legs'
import type { Expected } from '../../src/testing/Script.js'
import { mustBe } from '../Side.js'

/** A healthy stream has new records, oddities, and nothing else: what was registered. */
export const registered = (changes: ReadonlyArray<Change>): ReadonlyArray<CallRecord> =>
  changes.flatMap((change) => {
    switch (change.change) {
      case 'registered':
        return [change.record]
      case 'anomaly':
        return []
      default:
        throw new Error(`a healthy stream gave ${JSON.stringify(change)}`)
    }
  })

const told = ({ id, kind, talkTime }: Expected): string => `${id} ${kind} ${talkTime ?? ''}`

const toldBy = (record: CallRecord): string => {
  const talkTime = 'talkTime' in record ? record.talkTime : undefined
  return `${record.id} ${record.kind} ${talkTime ?? ''}`
}

/** Are these the records that the calls, as they were played, must come to? */
export const mustTell = (expected: ReadonlyArray<Expected>, records: ReadonlyArray<CallRecord>): void => {
  const wanted = new Set(expected.map(told))
  for (const record of records) if (!wanted.delete(toldBy(record))) throw new Error(`not expected: ${JSON.stringify(record)}`)
  mustBe('records missing', wanted.size, 0)
}
