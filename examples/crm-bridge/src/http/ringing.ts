import type { CallRecord, EpochMicros, OpenLeg } from 'call-legs'
import { isRight } from 'fp-ts/lib/Either.js'
import type { Bridge } from '../Bridge.js'
import { numberKey } from '../call/numberKey.js'
import { onTheLine } from '../call/onTheLine.js'
import { readCall } from '../call/StoredCall.js'
import { clientsOf, type Client } from '../store/otherTables.js'
import { readLastSeq, readOpenCalls, readRecords } from '../store/readTables.js'

/** Who is on the line with us, by number. */
export interface Caller {
  readonly number: string
  readonly client?: Client
  /** His last calls, the newest first. */
  readonly recent: ReadonlyArray<CallRecord>
}

/** What happens now. */
export interface Ringing {
  readonly now: EpochMicros
  /** Is time held back, because a backlog may be coming? */
  readonly holding: boolean
  /** Of the newest change of a record. */
  readonly seq: number
  readonly legs: ReadonlyArray<OpenLeg>
  readonly callers: ReadonlyArray<Caller>
}

/** How many of a client's last calls stand on his card. */
const ON_A_CARD = 4

/** Who rings, talks and waits, with the clients' names and their last calls. */
export const ringing = async ({ database, reducer, now, holding }: Bridge): Promise<Ringing> => {
  const read = readCall(reducer)
  const at = now()
  const legs = (await readOpenCalls(database)).flatMap((row): ReadonlyArray<OpenLeg> => {
    const stored = read(row)
    return isRight(stored) ? onTheLine(reducer.openLegs(stored.right.call), reducer.explain(stored.right.call, at), at) : []
  })
  const numbers = [...new Set(legs.flatMap(({ remoteNumber }) => remoteNumber ?? []))]
  const clients = await clientsOf(database, numbers)
  const callers = await Promise.all(
    numbers.map(async (number): Promise<Caller> => {
      const key = numberKey(number)
      const client = clients.get(key ?? '')
      const recent = key === undefined ? [] : (await readRecords(database, { limit: ON_A_CARD, client: key })).records.map(({ record }) => record)
      return { number, ...(client === undefined ? {} : { client }), recent }
    })
  )
  return { now: at, holding: holding(), seq: await readLastSeq(database), legs, callers }
}
