import { clock } from '../event/clock.js'
import type { CallRecord } from '../record/CallRecord.js'
import { toDate, type EpochMicros, type Micros } from '../event/time.js'

/** What writes moments as `2026-06-03 06:36:03`, in a time zone. */
export const clockIn = (timeZone: string): ((at: EpochMicros | undefined) => string) => {
  // the one language that writes dates as ISO 8601 does
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return (at) => {
    if (at === undefined) return ''
    const date = toDate(at)
    return Number.isFinite(date.getTime()) ? format.format(date) : String(at)
  }
}

/** `3:07`; nothing for what is not known. */
export const length = (time: Micros | undefined): string => (time === undefined ? '' : clock(time))

export const talkTimeOf = (record: CallRecord): Micros | undefined => (record.successful ? record.talkTime : undefined)

/** What else is known of it, in a few words. */
export const noteOf = (record: CallRecord): string =>
  (record.kind === 'missed'
    ? [`at ${record.extensionType}`, ...(record.rang.length === 0 ? [] : [`rang ${record.rang.join(', ')}`])]
    : [
        ...(record.kind === 'unsuccessful' ? [record.cause] : []),
        ...(record.transfer?.from === undefined ? [] : [`transfer from ${record.transfer.from.extension}`]),
        ...(record.transfer?.client === undefined ? [] : [`for ${record.transfer.client}`]),
        ...(record.callBackId === undefined ? [] : ['callback']),
        ...(record.onBehalf === true ? ['on behalf'] : []),
        ...(record.recordingId === undefined ? [] : ['recorded'])
      ]
  ).join('; ')
