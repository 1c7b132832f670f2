import { RULES, type CallExplanation, type CallRecord, type EpochMicros } from 'call-legs'
import { toCallBack, type ClientToCallBack } from 'call-legs/summary'
import type { Hono } from 'hono'
import type { Bridge } from '../Bridge.js'
import { employeeAt, type Employees } from '../call/employees.js'
import { explainCall } from '../call/explanation.js'
import { numberKey } from '../call/numberKey.js'
import { clientNumber, isCallKind, isLookedFor, isOfKind } from '../call/wholeCall.js'
import { clientsOf, type Client } from '../store/otherTables.js'
import { readCallRecords, readCalls, readCorrections, readDealings, type StoredCallRecords } from '../store/readCalls.js'
import { readLastSeq } from '../store/readTables.js'
import { numberOf, refuse } from './answers.js'
import type { Bindings } from './Bindings.js'
import { cursorOf, placeOf } from './cursor.js'

/** A call in the list: all its records. */
export interface ListedCall {
  readonly callId: string
  readonly records: ReadonlyArray<CallRecord>
  readonly client?: Client
}

/** A page of the list; `next` goes on behind it. */
export interface CallsPage {
  readonly calls: ReadonlyArray<ListedCall>
  readonly next?: string
}

/** One call, and how it went. */
export interface CallTold extends ListedCall {
  readonly explanation?: CallExplanation
  /** The rules that it names, each with its sentence. */
  readonly rules: Readonly<Record<string, string>>
  /** How often its records were changed after they were first told. */
  readonly corrections: number
}

/** Whom to call back, with what is known of him. */
export interface WaitingClient extends ClientToCallBack {
  readonly client?: Client
}

export interface ToCallBackAnswer {
  readonly clients: ReadonlyArray<WaitingClient>
  readonly anonymous: number
}

/** So many calls are read at a time, and so many looked through for one page, before the page says where to go on. */
const CHUNK = 200
const MOST_READ = 4_000

/** For so long, in microseconds, somebody is to be called back: two weeks. */
const REMEMBERED = 14 * 86_400_000_000

const momentOf = (text: string | undefined): EpochMicros | undefined => (text !== undefined && /^\d{1,16}$/.test(text) ? Number(text) : undefined)

const rulesOf = (explanation: CallExplanation | undefined): CallTold['rules'] => {
  const named = [...(explanation?.legs ?? []), ...(explanation === undefined ? [] : [explanation.missed])].flatMap(({ because }) => because)
  return Object.fromEntries(named.map((rule) => [rule, RULES[rule]]))
}

/** Calls as a person means them, how one went, and who is to be called back. */
export const callList = (app: Hono<Bindings>, bridge: Bridge, employees: Employees): void => {
  const { database, now } = bridge

  const withClients = async (calls: ReadonlyArray<Pick<StoredCallRecords, 'callId' | 'records'>>): Promise<ReadonlyArray<ListedCall>> => {
    const clients = await clientsOf(database, calls.flatMap(({ records }) => records.map(clientNumber)))
    return calls.map(({ callId, records }) => {
      const client = records.map((record) => clients.get(numberKey(clientNumber(record)) ?? '')).find((known) => known !== undefined)
      return { callId, records, ...(client === undefined ? {} : { client }) }
    })
  }

  app.get('/api/calls', async (c) => {
    const { limit, before, kind = '', q = '', from, to } = c.req.query()
    const start = placeOf(before)
    if (before !== undefined && start === undefined) return refuse(c, 400, 'before is not what "next" of a page said')
    const wanted = isCallKind(kind) ? kind : undefined
    if (kind !== '' && wanted === undefined) return refuse(c, 400, `there is no kind ${kind} of calls`)
    const most = numberOf(limit, 50, 500)
    const isWanted = ({ records, client }: ListedCall): boolean => {
      const names = records.map(({ extension }) => employeeAt(employees, extension))
      return (wanted === undefined || isOfKind(wanted, records)) && isLookedFor(q, records, [client?.name, ...names])
    }
    const found: Array<ListedCall> = []
    let place = start
    for (let read = 0; read < MOST_READ && found.length < most; read += CHUNK) {
      const chunk = await readCalls(database, { limit: CHUNK, before: place, from: momentOf(from), to: momentOf(to) })
      for (const [i, call] of (await withClients(chunk)).entries()) {
        place = chunk[i]?.place
        if (isWanted(call)) found.push(call)
        if (found.length === most) break
      }
      if (chunk.length < CHUNK && found.length < most) place = undefined
      if (place === undefined) break
    }
    return c.json<CallsPage>({ calls: found, ...(place === undefined ? {} : { next: cursorOf(place) }) })
  })

  app.get('/api/calls/:callId', async (c) => {
    const callId = c.req.param('callId')
    const [call] = await withClients([{ callId, records: await readCallRecords(database, callId) }])
    const explanation = await explainCall(bridge, callId)
    if (call === undefined || (call.records.length === 0 && explanation === undefined)) return refuse(c, 404, 'there is no such call')
    return c.json<CallTold>({ ...call, ...(explanation === undefined ? {} : { explanation }), rules: rulesOf(explanation), corrections: await readCorrections(database, callId) })
  })

  let known: { readonly seq: number; readonly answer: ToCallBackAnswer } | undefined
  app.get('/api/to-call-back', async (c) => {
    const seq = await readLastSeq(database)
    if (known?.seq !== seq) {
      const { clients, anonymous } = toCallBack(await readDealings(database, now() - REMEMBERED), Infinity)
      known = { seq, answer: { clients, anonymous } }
    }
    // names may change without a call
    const names = await clientsOf(database, known.answer.clients.map(({ number }) => number))
    return c.json<ToCallBackAnswer>({
      anonymous: known.answer.anonymous,
      clients: known.answer.clients.map((one) => {
        const client = names.get(numberKey(one.number) ?? '')
        return { ...one, ...(client === undefined ? {} : { client }) }
      })
    })
  })

  app.get('/api/employees', (c) => c.json({ employees }))
}
