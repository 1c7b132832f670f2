import type { CallReducer, EpochMicros, OneCall, Placed } from 'call-legs'
import type { Delivery, Undecodable } from 'call-legs/webhook'
import { callTransactions, type Parts, type Taken } from './call/callTransactions.js'
import { beginCatchingUp, isHolding, tookEvent, type CatchingUp, type Patience } from './clock/CatchingUp.js'
import type { ServiceClock } from './clock/ServiceClock.js'
import type { Reach } from './fault.js'
import { messageOf, type Log } from './log.js'
import type { Database } from './store/Database.js'
import { isAway } from './store/failures.js'
import { insertUndecodable } from './store/otherTables.js'
import { transact } from './store/retrying.js'
import { isStorable } from './store/storable.js'
import { startTicker } from './Ticker.js'

/** What a bridge is made of. */
export interface BridgeParts {
  readonly database: Database
  readonly reducer: CallReducer<OneCall>
  readonly now: ServiceClock
  readonly patience: Patience
  /** How often to look for calls that are due, in milliseconds. */
  readonly tick: number
  readonly reach: Reach
  readonly log: Log
  /** What notes records for the CRM, if there is one. */
  readonly outbox?: Parts['outbox']
}

/** What the HTTP side asks of the bridge. */
export interface Bridge {
  readonly database: Database
  readonly reducer: CallReducer<OneCall>
  readonly now: () => EpochMicros
  readonly takeEvent: (delivery: Delivery) => Promise<void>
  readonly takePlaced: (placed: Placed) => Promise<Taken>
  readonly takeUndecodable: (what: Undecodable) => Promise<void>
  /** Is time held back, because a backlog may be coming? */
  readonly holding: () => boolean
  readonly reach: Reach
  readonly log: Log
  readonly stop: () => Promise<void>
}

/** Puts the parts together and starts the ticks. */
export const startBridge = ({ database, reducer, now, patience, tick, reach, log, outbox }: BridgeParts): Bridge => {
  const transactions = callTransactions({ database, reducer, now, reach, log, ...(outbox === undefined ? {} : { outbox }) })
  let catchingUp: CatchingUp = beginCatchingUp(now())
  let away = false

  const onAway = (error: unknown): void => {
    if (!away && isAway(error)) log('error', 'the database is away', { why: messageOf(error) })
    if (!away && !isAway(error)) log('error', 'the database refused', { why: messageOf(error) })
    away ||= isAway(error)
  }

  /** The database answered: if it was away, the PBX may have kept events for us. */
  const onThere = (): void => {
    if (!away) return
    away = false
    catchingUp = beginCatchingUp(now())
    log('info', 'the database is there again')
  }

  const kept = async <A>(work: () => Promise<A>): Promise<A> => {
    try {
      const answer = await work()
      onThere()
      return answer
    } catch (error) {
      onAway(error)
      throw error
    }
  }

  const takeUndecodable = async (what: Undecodable): Promise<void> => {
    await kept(() => transact(database, (sql) => insertUndecodable(sql, what)))
    log('warn', 'something that is no event', { field: what.error.field, reason: what.error.reason })
  }

  const holding = (): boolean => isHolding(patience, catchingUp, now())

  const ticker = startTicker({ tickOne: transactions.tickOne, now, holding, every: tick, onAway, onThere })

  return {
    database,
    reducer,
    now,
    takeEvent: async (delivery) => {
      const { event, fields, receivedAt } = delivery
      const unstorable = [['CallID', event.callId], ['SubCallID', event.subCallId]].find(([, id = '']) => !isStorable(id))
      if (unstorable !== undefined) {
        const [field = '', value = ''] = unstorable
        const text = new URLSearchParams({ ...fields }).toString()
        return takeUndecodable({ text, fields, receivedAt, error: { field, value, reason: 'has a character that the database cannot hold' } })
      }
      const taken = await kept(() => transactions.takeEvent(delivery))
      catchingUp = tookEvent(patience, catchingUp, event.at, receivedAt)
      log('debug', 'an event', { kind: event.kind, callId: event.callId, taken })
    },
    takePlaced: (placed) => kept(() => transactions.takePlaced(placed)),
    takeUndecodable,
    holding,
    reach,
    log,
    stop: () => ticker.stop()
  }
}
