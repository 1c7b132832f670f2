import { setTimeout as sleep } from 'node:timers/promises'
import type { LegRecord } from 'call-legs'
import type { Reach } from '../fault.js'
import { messageOf, type Log } from '../log.js'
import { claimDelivery, keepMemory, settleDone, settleLater, type Claim } from '../store/crmTables.js'
import type { Database } from '../store/Database.js'
import { transact } from '../store/retrying.js'
import { activityOf } from './Activity.js'
import type { Crm, Delivered, Memory, Shown, Wanted } from './Crm.js'
import { RECORDING_WAITS, waitOfAll, waitOfRecord } from './waits.js'

/** Where a talk's recording is: `later`, it may still come; `none`, there is none. */
export type Found = { readonly kind: 'link'; readonly url: string } | { readonly kind: 'later' } | { readonly kind: 'none' }

export interface OutboxParts {
  readonly database: Database
  readonly crm: Crm
  /** Absent: no recordings for the CRM. */
  readonly recordingOf?: (record: LegRecord) => Promise<Found>
  readonly reach: Reach
  readonly log: Log
  /** How often to look whether something is due, in milliseconds. */
  readonly every: number
  /** After this time an attempt is given up, in milliseconds. */
  readonly timeout: number
  /** How long to wait after the first attempt in vain, in milliseconds. */
  readonly retry: number
  readonly recordingWaits?: ReadonlyArray<number>
}

export interface Outbox {
  readonly crm: Crm['name']
  /** Why the CRM takes nothing now; absent, if it does. */
  readonly away: () => string | undefined
  /** Ends when the attempt that is in hand is done. */
  readonly stop: () => Promise<void>
}

/** How many records one round takes: between rounds it is seen whether to stop, and the webhooks have the database. */
const ROUND = 20

/** The look for a recording, the attempt and what is written around them. */
const LEASE = 3

/** The attempt is somebody else's now. */
const LOST = 'the attempt took too long'

const wantedOf = (shown: Shown): Wanted | undefined => {
  const activity = activityOf(shown.record)
  return activity === undefined ? undefined : { ...shown, activity }
}

/** Links to a recording may differ each time that they are asked for: the one that was sent is good. */
const isSentRecording = ({ wanted: { record }, sent }: Claim): boolean =>
  sent?.recording !== undefined && record.kind !== 'missed' && sent.record.kind !== 'missed' && record.recordingId === sent.record.recordingId

/**
 * Delivers to the CRM what the transactions of calls have noted, beside the way of the webhooks. One record is in one
 * hand at a time, and its newest revision is what is delivered; a CRM that is away delays this and nothing else. How
 * long to wait stands in the record's row, so that a killed process forgets nothing: a retry library would keep it in
 * memory.
 */
export const startOutbox = ({ database, crm, recordingOf, reach, log, every, timeout, retry, recordingWaits = RECORDING_WAITS }: OutboxParts): Outbox => {
  const stopping = new AbortController()
  const stopped = (): boolean => stopping.signal.aborted
  let awayTimes = 0
  let awayWhy: string | undefined

  const recordingFor = async (claim: Claim): Promise<Found> => {
    const { record, retracted } = claim.wanted
    if (recordingOf === undefined || retracted || !record.successful) return { kind: 'none' }
    if (isSentRecording(claim) && claim.sent?.recording !== undefined) return { kind: 'link', url: claim.sent.recording }
    const late = sleep(timeout, { kind: 'later' } as const, { ref: false })
    return Promise.race([recordingOf(record).catch(() => ({ kind: 'later' }) as const), late])
  }

  const attempt = async (claim: Claim, wanted: Wanted): Promise<Delivered> => {
    const sent = claim.sent === undefined ? undefined : wantedOf(claim.sent)
    const remember = async (memory: Memory): Promise<void> => {
      if (!(await transact(database, (sql) => keepMemory(sql, claim, memory)))) throw new Error(LOST)
      reach('crm-remembered')
    }
    return crm.deliver(wanted, {
      ...(sent === undefined ? {} : { sent }),
      memory: claim.memory,
      doubt: claim.doubt,
      remember,
      signal: AbortSignal.timeout(timeout)
    })
  }

  const isThere = ({ sent, doubt }: Claim, { revision, recording }: Shown): boolean => !doubt && sent?.revision === revision && (recording === undefined || recording === sent.recording)

  /** Delivers one record; answers how long to leave the CRM alone, or nothing if no record is due. */
  const deliverOne = async (): Promise<number | undefined> => {
    const claim = await transact(database, (sql) => claimDelivery(sql, `${crm.name} ${crm.url}`, timeout * LEASE))
    if (claim === undefined) return undefined
    reach('crm-claimed')
    const { recordId, sent, doubt, memory, tries, recordingTries } = claim
    const settled = async (there: Shown | undefined, kept: Memory, said?: string, again?: number): Promise<number> => {
      const { revision } = claim.wanted
      await transact(database, (sql) =>
        settleDone(sql, claim, { revision, sent: there, memory: kept, ...(said === undefined ? {} : { said }), ...(again === undefined ? {} : { again }) })
      )
      reach('crm-settled')
      return 0
    }

    const plain = wantedOf(claim.wanted)
    // colleagues among themselves are nothing to tell
    if (plain === undefined) return settled(sent, memory, claim.wanted.record.remoteNumber === undefined ? 'it has no number of a client, and stays out of the CRM' : undefined)
    if (plain.retracted && sent === undefined && !doubt) return settled(undefined, memory)

    const recording = await recordingFor(claim)
    const shown: Shown = recording.kind === 'link' ? { ...claim.wanted, recording: recording.url } : claim.wanted
    const wanted: Wanted = { ...plain, ...shown }
    const again = recording.kind === 'later' ? recordingWaits[recordingTries] : undefined
    const gaveUp = recording.kind === 'later' && again === undefined ? 'its recording did not come' : undefined
    if (isThere(claim, shown)) return settled(sent, memory, gaveUp ?? claim.said, again)

    const delivered = await attempt(claim, wanted)
    reach('crm-sent')
    if (delivered.kind !== 'away') {
      awayTimes = 0
      if (awayWhy !== undefined) log('info', 'the CRM is there again', { crm: crm.name })
      awayWhy = undefined
    }
    if (delivered.kind === 'done') {
      const said = delivered.remark ?? gaveUp
      if (delivered.remark !== undefined) log('warn', 'a call is in the CRM, but', { crm: crm.name, record: recordId, why: delivered.remark })
      return settled(shown, delivered.memory, said, again)
    }
    const { why, detail, sure } = delivered
    const said = detail === undefined ? why : `${why}: ${detail}`
    await transact(database, (sql) => settleLater(sql, claim, said.slice(0, 500), waitOfRecord(retry, tries), doubt || !sure))
    if (delivered.kind === 'refused') {
      if (tries === 0) log('warn', 'the CRM does not take a call; it is tried again', { crm: crm.name, record: recordId, why })
      return 0
    }
    if (awayWhy !== why) log('warn', 'the CRM takes nothing now; calls wait for it', { crm: crm.name, why })
    awayWhy = why
    awayTimes += 1
    return waitOfAll(retry, awayTimes - 1, delivered.after)
  }

  const round = async (): Promise<number> => {
    for (let taken = 0; taken < ROUND && !stopped(); taken += 1) {
      const wait = await deliverOne()
      if (wait === undefined) return every
      if (wait > 0) return wait
    }
    return 0
  }

  const run = async (): Promise<void> => {
    let failures = 0
    while (!stopped()) {
      const wait = await round().catch((error: unknown) => {
        // the database is away, or the record is somebody else's now: it stays as it is, and its lease ends
        log('warn', 'a call was not delivered to the CRM; it is tried again', { crm: crm.name, why: messageOf(error) })
        return error
      })
      failures = typeof wait === 'number' ? 0 : failures + 1
      await sleep(typeof wait === 'number' ? wait : waitOfAll(retry, failures, undefined), undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  const running = run()
  return {
    crm: crm.name,
    away: () => awayWhy,
    stop: () => {
      stopping.abort()
      return running
    }
  }
}
