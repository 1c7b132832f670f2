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

/** `3:07`, `1:02:09`; nothing for what is not known. */
export const length = (time: Micros | undefined): string => {
  if (time === undefined) return ''
  const seconds = Math.floor(time / 1_000_000)
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, String(seconds % 60).padStart(2, '0')]
  return h === 0 ? `${m}:${s}` : `${h}:${String(m).padStart(2, '0')}:${s}`
}

export const talkTimeOf = (record: CallRecord): Micros | undefined => (record.successful ? record.talkTime : undefined)

const endOf = (record: CallRecord): EpochMicros | undefined => (record.kind === 'incomplete' ? undefined : record.endedAt)

/** When it began, as far as it is known. */
export const beginningOf = (record: CallRecord): EpochMicros | undefined =>
  record.startedAt ?? (record.kind === 'missed' ? undefined : record.answeredAt) ?? endOf(record)

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
