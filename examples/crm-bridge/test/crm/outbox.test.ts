import { setTimeout as sleep } from 'node:timers/promises'
import { callReducer } from 'call-legs'
import * as t from 'io-ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { callTransactions, type CallTransactions } from '../../src/call/callTransactions.js'
import { startOutbox, type Found, type Outbox } from '../../src/crm/Outbox.js'
import { claimDelivery, enqueue, readDeliveries, type Claim } from '../../src/store/crmTables.js'
import type { Database } from '../../src/store/Database.js'
import { makeSchema } from '../../src/store/schema.js'
import { NO_POSTGRES } from '../postgresServer.js'
import { DATABASES, type Opened } from '../store/databases.js'
import { at, delivered, directory, lost, phone, talk, type Fields } from '../story.js'
import { memoryCrm, type MemoryCrm } from './memoryCrm.js'

const PLACE = 'hubspot https://crm.example'
const claimed = t.type({ memory: t.string })

for (const [name, make, there] of DATABASES) {
  describe.skipIf(!there)(there ? `the outbox on ${name}` : `${name} (skipped: ${NO_POSTGRES})`, () => {
    let opened: Opened
    let database: Database
    let calls: CallTransactions
    let crm: MemoryCrm
    let outbox: Outbox | undefined
    let recordings: (id: string | undefined) => Found
    let asks: number
    const logged: Array<string> = []

    const start = (more: { readonly timeout?: number; readonly recordingWaits?: ReadonlyArray<number> } = {}): void => {
      outbox = startOutbox({
        database,
        crm,
        recordingOf: (record) => {
          asks += 1
          return Promise.resolve(recordings(record.recordingId))
        },
        reach: () => undefined,
        log: (_, what, facts) => logged.push(JSON.stringify({ what, ...facts })),
        every: 5,
        retry: 20,
        timeout: 300,
        ...more
      })
    }
    const stop = async (): Promise<void> => {
      await outbox?.stop()
      outbox = undefined
    }

    beforeAll(async () => {
      opened = await make()
      database = await opened.open()
      await makeSchema(database)
      calls = callTransactions({
        database,
        reducer: callReducer({ directory }),
        now: () => at(0),
        reach: () => undefined,
        log: () => undefined,
        outbox: enqueue(0)
      })
    })
    afterAll(() => opened.remove())
    beforeEach(async () => {
      await database.run('delete from crm_outbox')
      crm = memoryCrm()
      recordings = () => ({ kind: 'none' })
      asks = 0
      logged.length = 0
    })
    afterEach(stop)

    const take = async (events: ReadonlyArray<Fields>): Promise<void> => {
      for (const fields of events) await calls.takeEvent(delivered(fields))
    }
    const settle = async (second: number): Promise<void> => {
      while ((await calls.tickOne(at(second), [])) !== undefined);
    }
    const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
      for (let tries = 0; tries < 400; tries += 1) {
        if (await isSo()) return
        await sleep(10)
      }
      throw new Error(`in vain; the log says ${logged.join('\n')}`)
    }
    const allSent = async (): Promise<boolean> => (await readDeliveries(database, 1)).waiting === 0

    test('a talk is sent once, as it is', async () => {
      await take(talk('a1'))
      start()
      await until(allSent)
      await sleep(50)
      expect(crm.asked).toEqual([['a1/85101-a1', 1, false]])
      expect(crm.has.get('a1/85101-a1')?.activity).toMatchObject({ client: '+79160000001', outcome: 'talked', duration: 30 })
    })

    test('what changed before its turn is sent as it is then, and a miss that does not hold is never sent', async () => {
      await take(lost('b1'))
      await settle(25)
      const { rings, answers, hangsUp } = phone('b1')
      await take([rings(18), answers(19), hangsUp(30)])
      start()
      await until(allSent)
      expect([...crm.has.keys()]).toEqual(['b1/85101-b1'])
      expect(crm.asked).toHaveLength(1)
    })

    test('a miss that does not hold after it was sent is sent as retracted, with what was sent before', async () => {
      await take(lost('b2'))
      await settle(25)
      start()
      await until(() => crm.has.has('b2/missed'))
      const { rings, answers } = phone('b2')
      await take([rings(18), answers(19)])
      await until(() => crm.has.get('b2/missed')?.retracted === true)
      expect(crm.asked.map(([id]) => id)).toEqual(crm.asked.map(() => 'b2/missed'))
    })

    test('a CRM that is away is tried again and again; nothing is lost, and the webhooks do not wait', async () => {
      crm.misbehave(...Array.from({ length: 6 }, () => () => ({ kind: 'away', why: 'the CRM does not answer', sure: true }) as const))
      start()
      await take(talk('c1'))
      const begun = performance.now()
      await take([...talk('c2'), ...talk('c3')])
      expect(performance.now() - begun).toBeLessThan(2_000)
      await until(() => outbox?.away() !== undefined)
      await until(allSent)
      expect([...crm.has.keys()].sort()).toEqual(['c1/85101-c1', 'c2/85101-c2', 'c3/85101-c3'])
      expect(outbox?.away()).toBeUndefined()
      expect(logged.filter((line) => line.includes('takes nothing now'))).toHaveLength(1)
    })

    test('a record that is refused is in nobody\'s way, and says why', async () => {
      crm.misbehave(() => ({ kind: 'refused', why: 'the CRM does not know this user', detail: 'user 7 of secret', sure: true }))
      await take(talk('d1'))
      start()
      await until(() => crm.asked.length > 0)
      await take(talk('d2'))
      await until(allSent)
      expect([...crm.has.keys()].sort()).toEqual(['d1/85101-d1', 'd2/85101-d2'])
      expect(logged.join('\n')).not.toContain('secret')
    })

    test('after an attempt whose end nobody knows the next one is told so, also if the process is another', async () => {
      crm.misbehave(() => ({ kind: 'away', why: 'it timed out', sure: false }))
      await take(talk('e1'))
      start()
      await until(allSent)
      expect(crm.asked.map(([, , doubt]) => doubt)).toEqual([false, true])
      await stop()

      await take(talk('e2'))
      expect(await claimDelivery(database, PLACE, 60_000)).toMatchObject({ recordId: 'e2/85101-e2', doubt: false })
      start()
      await sleep(30)
      expect(crm.has.has('e2/85101-e2')).toBe(false)
      await database.run('update crm_outbox set leased_until = 0')
      await until(allSent)
      expect(crm.asked.at(-1)).toEqual(['e2/85101-e2', 1, true])
    })

    test('what an attempt remembers is there for the next one, and not what it remembers after its lease', async () => {
      let late: Error | undefined
      let other: Claim | undefined
      crm.misbehave(
        async (_, known) => {
          await known.remember({ callId: 'first' })
          await until(() => other !== undefined)
          await known.remember({ callId: 'too late' }).catch((error: unknown) => {
            late = error instanceof Error ? error : undefined
          })
          return { kind: 'away', why: 'slow', sure: false }
        },
        (_, known) => ({ kind: 'done', memory: { ...known.memory, second: 'yes' } })
      )
      await take(talk('f1'))
      start({ timeout: 200 })
      await until(() => crm.asked.length > 0)
      await until(async () => {
        other = await claimDelivery(database, PLACE, 0)
        return other !== undefined
      })
      expect(other).toMatchObject({ memory: { callId: 'first' }, doubt: true })
      await until(() => late !== undefined)
      await until(allSent)
      expect((await database.rows(claimed, 'select memory from crm_outbox')).map(({ memory }) => JSON.parse(memory))).toEqual([{ callId: 'first', second: 'yes' }])
    })

    test('a recording that is not ready is attached later, and one that never comes is said so', async () => {
      const ready = new Set<string>()
      recordings = (id = '') => (ready.has(id) ? { kind: 'link', url: `https://storage.pbx.example/${id}.mp3` } : { kind: 'later' })
      const recorded = (call: string, id: string): ReadonlyArray<Fields> => talk(call).map((fields, i) => (i === 2 ? { ...fields, RecID: id } : fields))
      await take([...recorded('g1', 'rec-1'), ...recorded('g2', 'rec-2')])
      start({ recordingWaits: [40, 40, 40] })
      await until(() => crm.has.size === 2)
      expect(crm.has.get('g1/85101-g1')?.recording).toBeUndefined()
      ready.add('rec-1')
      await until(() => crm.has.get('g1/85101-g1')?.recording === 'https://storage.pbx.example/rec-1.mp3')
      await until(async () => (await readDeliveries(database, 9)).records.some(({ said }) => said === 'its recording did not come'))
      await sleep(100)
      expect(crm.asked.map(([id]) => id).sort()).toEqual(['g1/85101-g1', 'g1/85101-g1', 'g2/85101-g2'])
      expect(asks).toBeLessThan(9)
    })

    test('a call without a number stays out of the CRM, and that is said', async () => {
      await take(talk('h1', '').map((fields) => ({ ...fields, CallerIDNum: '' })))
      start()
      await until(allSent)
      expect(crm.asked).toEqual([])
      expect((await readDeliveries(database, 9)).records.map(({ said }) => said)).toEqual(['it has no number of a client, and stays out of the CRM'])
    })

    test('another account knows nothing of what the one before it was sent', async () => {
      await take(lost('j1'))
      await settle(25)
      start()
      await until(() => crm.has.has('j1/missed'))
      await stop()
      const other = memoryCrm('https://other.example')
      other.misbehave((wanted, { sent, memory, doubt }) => {
        expect({ sent, memory, doubt }).toEqual({ sent: undefined, memory: {}, doubt: false })
        other.has.set(wanted.record.id, wanted)
        return { kind: 'done', memory: {} }
      })
      crm = other
      await take([phone('j1').rings(18)])
      start()
      await until(() => other.has.has('j1/missed'))
    })

    test('two at once never have the same record', async () => {
      const inHand = new Set<string>()
      let together = 0
      const one = crm.deliver
      const slow: MemoryCrm = {
        ...crm,
        deliver: async (wanted, known) => {
          if (inHand.has(wanted.record.id)) together += 1
          inHand.add(wanted.record.id)
          await sleep(5)
          inHand.delete(wanted.record.id)
          return one(wanted, known)
        }
      }
      const others = [1, 2, 3].map(() =>
        startOutbox({ database, crm: slow, reach: () => undefined, log: () => undefined, every: 1, retry: 20, timeout: 2_000 })
      )
      for (let i = 0; i < 12; i += 1) await take(talk(`i${i}`))
      await until(allSent)
      await Promise.all(others.map((other) => other.stop()))
      expect(together).toBe(0)
      expect(crm.asked).toHaveLength(12)
    })
  })
}
