import { setTimeout as sleep } from 'node:timers/promises'
import { callReducer, type Placed } from 'call-legs'
import * as t from 'io-ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callTransactions, type CallTransactions } from '../../src/call/callTransactions.js'
import { upsertRecord } from '../../src/store/callTables.js'
import type { Database } from '../../src/store/Database.js'
import { insertUndecodable } from '../../src/store/otherTables.js'
import { readChanges, readLedger, readRecord, readRecords } from '../../src/store/readTables.js'
import { makeSchema } from '../../src/store/schema.js'
import { NO_POSTGRES } from '../postgresServer.js'
import { at, delivered, directory, lost, phone, queue, talk, type Fields } from '../story.js'
import { DATABASES, type Opened } from './databases.js'

const Count = t.type({ n: t.number })
const Kept = t.type({ state: t.union([t.string, t.null]), due: t.union([t.number, t.null]) })

for (const [name, make, there] of DATABASES) {
  describe.skipIf(!there)(there ? name : `${name} (skipped: ${NO_POSTGRES})`, () => {
    let opened: Opened
    let database: Database
    let transactions: CallTransactions
    const logged: Array<string> = []

    const bridge = (on: Database): CallTransactions =>
      callTransactions({ database: on, reducer: callReducer({ directory }), now: () => at(0), reach: () => undefined, log: (_, what) => logged.push(what) })

    beforeAll(async () => {
      opened = await make()
      database = await opened.open()
      await makeSchema(database)
      transactions = bridge(database)
    })
    afterAll(() => opened.remove())

    const take = async (events: ReadonlyArray<Fields>): Promise<ReadonlyArray<string>> => {
      const taken: Array<string> = []
      for (const fields of events) taken.push(await transactions.takeEvent(delivered(fields)))
      return taken
    }
    const tickAt = async (second: number, on: CallTransactions = transactions): Promise<ReadonlyArray<string>> => {
      const ticked: Array<string> = []
      for (;;) {
        const one = await on.tickOne(at(second), [])
        if (one === undefined) return ticked
        ticked.push(one.callId)
      }
    }
    const count = async (sql: string, call: string): Promise<number> => (await database.rows(Count, `select count(*) as n from ${sql}`, [call]))[0]?.n ?? -1
    const changesOf = async (call: string): Promise<ReadonlyArray<unknown>> =>
      (await readChanges(database, 0, 10_000)).flatMap(({ change }) => (JSON.stringify(change).includes(`"callId":"${call}"`) ? [change] : []))

    test('the tables are made once, also by several at the same time', async () => {
      const others = await Promise.all([opened.open(), opened.open(), opened.open()])
      await Promise.all(others.map(makeSchema))
      await makeSchema(database)
    })

    test('a talk: its events, its state, its record and the change of it', async () => {
      expect(await take(talk('a1'))).toEqual(['written', 'written', 'written'])
      expect(await count('events where call_id = $1', 'a1')).toBe(3)
      expect((await readRecord(database, 'a1/85101-a1'))?.record).toMatchObject({ kind: 'answered', remoteNumber: '+79160000001' })
      expect(await changesOf('a1')).toMatchObject([{ change: 'registered', revision: 1 }])
    })

    test('the same events again change nothing', async () => {
      const before = await readRecord(database, 'a1/85101-a1')
      expect(await take([...talk('a1')].reverse())).toEqual(['repeated', 'repeated', 'repeated'])
      expect(await count('events where call_id = $1', 'a1')).toBe(3)
      expect(await readRecord(database, 'a1/85101-a1')).toEqual(before)
      expect(await changesOf('a1')).toHaveLength(1)
    })

    test('a miss settles by a tick, and what contradicts it takes it back', async () => {
      await take(lost('b2'))
      expect(await tickAt(24)).toEqual([])
      expect(await tickAt(25)).toContain('b2')
      const { rings, answers } = phone('b2')
      await take([rings(18), answers(19)])
      expect(await readRecord(database, 'b2/missed')).toMatchObject({ retracted: true, revision: 3 })
      expect(await changesOf('b2')).toMatchObject([{ change: 'registered' }, { change: 'revised' }, { change: 'retracted', revision: 3 }])
    })

    test('a retracted record stays retracted, whatever lower revision comes late', async () => {
      const stored = await readRecord(database, 'b2/missed')
      if (stored === undefined) throw new Error('the story before is missing')
      await upsertRecord(database, { revision: 2, retracted: false, record: stored.record }, at(0))
      expect(await readRecord(database, 'b2/missed')).toEqual(stored)
      expect((await readRecords(database, { limit: 100 })).records.map(({ record }) => record.id)).not.toContain('b2/missed')
    })

    test('what fails before its end has changed nothing', async () => {
      const failing: Database = {
        ...database,
        transaction: (work) =>
          database.transaction(async (sql) => {
            await work(sql)
            throw new TypeError('the power went')
          })
      }
      await expect(bridge(failing).takeEvent(delivered(phone('c3').rings(0)))).rejects.toThrow('the power went')
      expect(await count('events where call_id = $1', 'c3')).toBe(0)
      expect(await count('calls where call_id = $1', 'c3')).toBe(0)
      expect(await take([phone('c3').rings(0)])).toEqual(['written'])
    })

    test('many events of one call at the same time: each is stepped on what the others left', async () => {
      const phones = Array.from({ length: 8 }, (_, i) => phone('d4', 101 + i))
      const events = [...phones.map(({ rings }) => rings(0)), ...phones.map(({ answers }) => answers(5)), ...phones.map(({ hangsUp }) => hangsUp(9))]
      await Promise.all(events.map((fields) => transactions.takeEvent(delivered(fields))))
      const records = (await readRecords(database, { limit: 100 })).records.filter(({ record }) => record.callId === 'd4')
      expect(records.map(({ record }) => ({ ...record }))).toEqual(Array(8).fill(expect.objectContaining({ startedAt: at(0), answeredAt: at(5), endedAt: at(9) })))
      // they may have come in any order, so some were revised; no change is lost
      expect(await changesOf('d4')).toHaveLength(records.reduce((sum, { revision }) => sum + revision, 0))
    })

    test('several processes tick: each call once', async () => {
      const calls = Array.from({ length: 12 }, (_, i) => `e${i}`)
      for (const call of calls) await take(lost(call))
      const others = (await Promise.all([opened.open(), opened.open()])).map(bridge)
      const ticked = (await Promise.all(others.map((other) => tickAt(25, other)))).flat()
      expect([...ticked].sort()).toEqual([...calls].sort())
      for (const call of calls) expect(await changesOf(call)).toHaveLength(1)
    })

    test('a call that was let go is a CallID, then nothing; a late event is told and changes no record', async () => {
      await take(talk('f5'))
      await tickAt(7_300)
      expect((await database.rows(Kept, 'select state, due from calls where call_id = $1', ['f5']))[0]).toMatchObject({ due: at(7_300 + 86_400) })
      await take([phone('f5', 102).rings(40)])
      expect(await count('anomalies where call_id = $1', 'f5')).toBe(1)
      expect(await changesOf('f5')).toHaveLength(1)
      await tickAt(7_300 + 86_400)
      expect(await count('calls where call_id = $1', 'f5')).toBe(0)
    })

    test('once even the CallID is forgotten, an event that comes again is still known', async () => {
      expect(await take(talk('f5'))).toEqual(['repeated', 'repeated', 'repeated'])
      expect(await count('calls where call_id = $1', 'f5')).toBe(0)
    })

    test('a state that cannot be read is made again from the events, and is in nobody\'s way', async () => {
      await take([...talk('g6').slice(0, 2), ...lost('g7')])
      await database.run(`update calls set state = '{"v":99}' where call_id in ('g6', 'g7')`)
      await take(talk('g6').slice(2))
      expect((await readRecord(database, 'g6/85101-g6'))?.record.kind).toBe('answered')
      expect(await tickAt(25)).toEqual(['g7'])
      expect((await readRecord(database, 'g7/missed'))?.revision).toBe(1)
      expect(logged).toContain('the state of a call could not be read and was made again from its events')
    })

    test('the application\'s word that it placed a call, before the first event and after the last', async () => {
      const word = (callId: string): Placed => ({ callId, at: at(0), destination: '+79160000001', context: { deal: 42 } })
      const out = (call: string): ReadonlyArray<Fields> =>
        talk(call).map((fields) => ({ ...fields, CalledDID: '', EventType: (fields.EventType ?? '').replace('dial-in', 'dial-out'), CallFlow: 'out', CallerIDNum: '453*101', CalledNumber: '+79160000001', CalledExtension: '', CalledExtensionID: '' }))
      expect(await transactions.takePlaced(word('H8'))).toBe('written')
      await take(out('h8'))
      await take(out('h9'))
      expect(await transactions.takePlaced(word('H9'))).toBe('written')
      expect(await transactions.takePlaced(word('H9'))).toBe('repeated')
      for (const call of ['h8', 'h9']) {
        const page = await readRecords(database, { limit: 100 })
        expect(page.records.map(({ record }) => record).find(({ callId }) => callId === call)).toMatchObject({ kind: 'callback', context: { deal: 42 } })
      }
    })

    test('a name with U+0000 or half a character in it is kept as it was sent', async () => {
      const name = 'a\u0000b\ud800'
      await take(talk('i10').map((fields) => ({ ...fields, CallerIDName: name })))
      expect((await readRecord(database, 'i10/85101-i10'))?.record).toMatchObject({ remoteName: name })
      await insertUndecodable(database, { text: name, fields: { x: name }, error: { field: 'EventType', value: name, reason: 'is missing' }, receivedAt: at(0) })
    })

    test('the ledger: in its order, in pages, in the bytes that were written', async () => {
      const pages: Array<string> = []
      for await (const page of readLedger(database)) pages.push(page)
      const records = pages.join('').trimEnd().split('\n').map((line): { id: string; endedAt?: number } => JSON.parse(line))
      expect(records.length).toBeGreaterThan(20)
      expect(records.map(({ id }) => id)).not.toContain('b2/missed')
      const inOrder = [...records].sort((a, b) => (a.endedAt ?? Infinity) - (b.endedAt ?? Infinity) || (a.id < b.id ? -1 : 1))
      expect(records).toEqual(inOrder)
    })

    test('the newest records first, page after page, each once', async () => {
      const ids: Array<string> = []
      let page = await readRecords(database, { limit: 7 })
      for (;;) {
        ids.push(...page.records.map(({ record }) => record.id))
        if (page.next === undefined) break
        page = await readRecords(database, { limit: 7, before: page.next })
      }
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids).toEqual((await readRecords(database, { limit: 500 })).records.map(({ record }) => record.id))
    })

    test('whoever polls the changes by their number misses none, however the transactions overlap', async () => {
      const calls = Array.from({ length: 20 }, (_, i) => `j${i}`)
      for (const call of calls) await take(talk(call).slice(0, 2))
      const [quick, slow] = await Promise.all([opened.open(), opened.open()])
      // its changes are written, and its commit takes its time
      const dawdling: Database = {
        ...slow,
        transaction: (work) =>
          slow.transaction(async (sql) => {
            const answer = await work(sql)
            await sleep(20)
            return answer
          })
      }
      const others = [bridge(quick), bridge(dawdling)]
      const seen: Array<number> = []
      let after = (await readChanges(database, 0, 10_000)).at(-1)?.seq ?? 0
      const before = after
      const done = new AbortController()
      const polling = (async () => {
        while (!done.signal.aborted) {
          for (const { seq } of await readChanges(database, after, 3)) seen.push((after = seq))
          await sleep(1)
        }
      })()
      await Promise.all(calls.map((call, i) => (others[i % 2] ?? transactions).takeEvent(delivered(talk(call)[2] ?? {}))))
      done.abort()
      await polling
      for (const { seq } of await readChanges(database, after, 100)) seen.push(seq)
      expect(seen).toEqual((await readChanges(database, before, 100)).map(({ seq }) => seq))
      expect(seen).toHaveLength(20)
    })

    test('a queue that never answers is still open', async () => {
      await take([queue('k1').rings(0)])
      expect(await count('calls where open and call_id = $1', 'k1')).toBe(1)
    })
  })
}
