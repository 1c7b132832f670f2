import type { Change, Micros } from 'call-legs'

/** A CRM's list of talks, kept by what the correlator tells. */
export interface Crm {
  readonly take: (change: Change) => void
  readonly talks: () => number
  readonly talkTime: () => Micros
}

/** Writes by the record's id: what is told again, or otherwise, replaces what was told before. */
export const crm = (): Crm => {
  const talks = new Map<string, Micros>()
  return {
    take: (change) => {
      if (change.change === 'retracted') talks.delete(change.previous.id)
      if (change.change !== 'registered' && change.change !== 'revised') return
      if (change.record.successful) talks.set(change.record.id, change.record.talkTime ?? 0)
      else talks.delete(change.record.id)
    },
    talks: () => talks.size,
    talkTime: () => [...talks.values()].reduce((sum, time) => sum + time, 0)
  }
}

/** The adapter that is written first: it adds up what it hears, and counts a talk again whenever its record is revised. */
export const hastyCrm = (): Crm => {
  let [talks, talkTime] = [0, 0]
  return {
    take: (change) => {
      if ((change.change !== 'registered' && change.change !== 'revised') || !change.record.successful) return
      talks += 1
      talkTime += change.record.talkTime ?? 0
    },
    talks: () => talks,
    talkTime: () => talkTime
  }
}
