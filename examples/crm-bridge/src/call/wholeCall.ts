import type { CallRecord, Micros } from 'call-legs'
import { journey } from 'call-legs/summary'
import { numberKey } from './numberKey.js'

/** Which calls are looked for: one thing to a person, however many legs it has. */
export const CALL_KINDS = { missed: null, talked: null, 'not-reached': null, transferred: null, callback: null } as const

export type CallKind = keyof typeof CALL_KINDS

export const isCallKind = (text: string): text is CallKind => Object.hasOwn(CALL_KINDS, text)

/** The number by which the client of a record is known: of a forward outside that is not the other side's. */
export const clientNumber = (record: CallRecord): string | undefined => (record.kind === 'missed' ? record.remoteNumber : (record.transfer?.client ?? record.remoteNumber))

const isTalk = (record: CallRecord): boolean => record.successful && record.onBehalf !== true

/** How long employees talked, all legs together. */
export const talkTimeOf = (records: ReadonlyArray<CallRecord>): Micros => records.reduce((sum, record) => sum + (isTalk(record) && record.successful ? (record.talkTime ?? 0) : 0), 0)

/**
 * The record that speaks for a call: the miss, of which somebody should know though there was a talk before it; else the
 * first talk, else what was tried last. Of each call there is at least one.
 */
export const speakerOf = (records: ReadonlyArray<CallRecord>): CallRecord | undefined => {
  const talks = records.filter(isTalk)
  return records.find(({ kind }) => kind === 'missed') ?? talks.find(({ kind }) => kind !== 'transferred') ?? talks[0] ?? records.at(-1)
}

/** The records of those who had the call, one after the other: who talked, and where it was lost; else who tried. */
export const stationsOf = (records: ReadonlyArray<CallRecord>): ReadonlyArray<CallRecord> => {
  const stations = records.filter((record) => record.kind === 'missed' || isTalk(record))
  return stations.length > 0 ? stations : records.slice(-1)
}

export const isOfKind = (kind: CallKind, records: ReadonlyArray<CallRecord>): boolean => {
  switch (kind) {
    case 'transferred':
      return records.some((record) => record.kind === 'transferred')
    case 'callback':
      return records.some((record) => record.kind === 'callback' || record.callBackId !== undefined)
    case 'missed':
    case 'talked':
    case 'not-reached':
      return journey(records)?.outcome === kind
  }
}

const isNumber = (text: string): boolean => /^[\s\d+()-]+$/.test(text)

/**
 * Is it what somebody looks for? A number, or a part of one, however it is written; else words that all stand in the
 * names and extensions of the call.
 */
export const isLookedFor = (text: string, records: ReadonlyArray<CallRecord>, names: ReadonlyArray<string | undefined>): boolean => {
  const numbers = records.flatMap((record) => [record.remoteNumber, clientNumber(record), record.did, record.extension, ...(record.kind === 'missed' ? record.rang : [])].filter((number) => number !== undefined))
  const wanted = isNumber(text) ? numberKey(text) : undefined
  if (wanted !== undefined) return numbers.some((number) => (numberKey(number) ?? number.replace(/\D/g, '')).includes(wanted))
  const words = text.toLocaleLowerCase().split(/\s+/).filter((word) => word !== '')
  const has = [...numbers, ...names, ...records.map(({ remoteName }) => remoteName)].join(' ').toLocaleLowerCase()
  return words.every((word) => has.includes(word))
}
