import { setTimeout as pause } from 'node:timers/promises'
import { CallRecord } from 'call-legs'
import { isRight } from 'fp-ts/lib/Either.js'
import { afterEach, describe, expect, test } from 'vitest'
import { chance } from '../../pbx/Chance.js'
import { play } from '../../pbx/play.js'
import { sendingsOf } from '../../pbx/programme.js'
import { activityOf, type Activity } from '../../src/crm/Activity.js'
import { amoCall } from '../../src/crm/amocrm.js'
import { bitrixFinish } from '../../src/crm/bitrix24.js'
import { hubspotInput } from '../../src/crm/hubspot.js'
import { CRM_FAULT_POINTS } from '../../src/fault.js'
import { endBridges, type BridgeProcess } from '../bridgeProcess.js'
import { ledgerOf } from '../crash/audit.js'
import { streamOf } from '../crash/stream.js'
import { quickTrial, RESTLESS } from '../crash/trial.js'
import { AMO_TOKEN, startAmocrm } from './standIns/amocrm.js'
import { startBitrix24 } from './standIns/bitrix24.js'
import { HUBSPOT_TOKEN, ID_PROPERTY, startHubspot } from './standIns/hubspot.js'
import { STORED_BUT, type Misbehaviour, type StandIn } from './standIns/standIn.js'

/** What a stand-in has of a record, in the end. */
interface Entry {
  readonly id: string
  /** The call itself says what it should. */
  readonly same: (activity: Activity) => boolean
  /** What was noted beside it; undefined, if nothing can be noted there. */
  readonly notes: ReadonlyArray<string> | undefined
}

interface Case {
  readonly start: () => Promise<StandIn & { readonly entries: () => ReadonlyArray<Entry> }>
  readonly env: (url: string) => Readonly<Record<string, string>>
}

const someContact = (number: string): boolean => Number(number.at(-1)) % 3 !== 0

const CASES: Readonly<Record<string, Case>> = {
  amocrm: {
    env: (url) => ({ CRM: 'amocrm', CRM_URL: url, CRM_TOKEN: AMO_TOKEN }),
    start: async () => {
      const amo = await startAmocrm({ contacts: someContact })
      const entries = (): ReadonlyArray<Entry> => [
        ...amo.calls().map((call): Entry => ({
          id: String(call['uniq']),
          same: (activity) => {
            const { duration, call_result, direction, phone } = amoCall(activity, { source: '' })
            return call['duration'] === duration && call['call_result'] === call_result && call['direction'] === direction && call['phone'] === phone
          },
          notes: amo.notes().filter(({ text }) => text.includes(`[${String(call['uniq'])} `)).map(({ text }) => text)
        })),
        ...amo.unsorted().map((lead): Entry => ({ id: String(lead['source_uid']), same: () => true, notes: undefined }))
      ]
      return { ...amo, entries }
    }
  },
  bitrix24: {
    env: (url) => ({ CRM: 'bitrix24', CRM_URL: url, CRM_TOKEN: 'bitrix-access-0', CRM_DEFAULT_USER: '99' }),
    start: async () => {
      const bitrix = await startBitrix24({ users: [99], contacts: someContact })
      const entries = (): ReadonlyArray<Entry> =>
        bitrix.finished().map((call): Entry => {
          const id = String(call['EXTERNAL_CALL_ID'])
          return {
            id,
            same: (activity) => {
              const { DURATION, STATUS_CODE } = bitrixFinish(activity, { USER_ID: 99 }, '')
              return call['CALL_DURATION'] === DURATION && call['CALL_FAILED_CODE'] === STATUS_CODE
            },
            notes: call['CRM_ENTITY_ID'] === 0 ? undefined : bitrix.comments().filter((text) => text.includes(`[${id} `))
          }
        })
      return { ...bitrix, entries }
    }
  },
  hubspot: {
    env: (url) => ({ CRM: 'hubspot', CRM_URL: url, CRM_TOKEN: HUBSPOT_TOKEN }),
    start: async () => {
      const hub = await startHubspot()
      const entries = (): ReadonlyArray<Entry> =>
        hub.calls().map((call): Entry => ({
          id: String(call[ID_PROPERTY]),
          same: (activity) => Object.entries(hubspotInput(activity, { idProperty: ID_PROPERTY }).properties).every(([name, value]) => call[name] === value),
          notes: []
        }))
      return { ...hub, entries }
    }
  }
}

/** One request in eight goes wrong, in some way. */
const mishaps = (seed: number): (() => Misbehaviour | undefined) => {
  const dice = chance(seed)
  const ways: ReadonlyArray<Misbehaviour> = [
    { on: /./, instead: { status: 429, headers: { 'retry-after': '0' }, body: {} } },
    { on: /./, instead: { status: 503, body: '<html>down</html>' } },
    ...STORED_BUT.map(([, afterwards]) => ({ on: /./, afterwards }))
  ]
  return () => (dice.between(1, 8) === 1 ? ways[dice.between(0, ways.length - 1)] : undefined)
}

const QUICK = { ...RESTLESS, CRM_DELAY_MS: '0', CRM_RETRY_MS: '20', CRM_TIMEOUT_MS: '300', CRM_PER_SECOND: '1000', LOG_LEVEL: 'info' }

const until = async (done: () => Promise<boolean>, said: () => string): Promise<void> => {
  for (const last = Date.now() + 60_000; !(await done()); await pause(50)) {
    if (Date.now() > last) throw new Error(`calls still wait for the CRM; the bridge said:\n${said().slice(-3_000)}`)
  }
}

const waitingAt = async ({ url }: BridgeProcess): Promise<number> => {
  const { waiting } = (await (await fetch(`${url}/api/crm`)).json()) as { readonly waiting: number }
  return waiting
}

describe('given a CRM that misbehaves, and a bridge that is killed at every point of a delivery and at random', () => {
  let tidy: Array<() => unknown> = []
  afterEach(async () => {
    await endBridges()
    for (const one of tidy) await one()
    tidy = []
  })

  test.each(Object.entries(CASES))('%s has each record once, and says of each what became of it', async (name, { start, env }) => {
    const crm = await start()
    const settings = { ...QUICK, ...env(crm.url) }
    const stand = await quickTrial(settings)
    tidy = [() => crm.close(), () => stand.remove()]
    crm.always(() => ({ on: /./, instead: { status: 503 } }))

    const seed = name.length * 101
    const sendings = sendingsOf(streamOf({ seed, events: 160, calls: 'wild' }), { method: 'both', seed, shuffle: 0.3, repeat: 0.05, places: 20 }, Date.now() * 1_000)
    const half = Math.floor(sendings.length / 2)
    let bridge = await stand.start()
    const to = `${bridge.url}/hook`

    // the CRM is down: no webhook waits for it
    const before = await play({ to, sendings: sendings.slice(0, half), patience: 200, signal: AbortSignal.timeout(60_000) })
    expect(before).toMatchObject({ answered: half, refused: 0, broken: 0 })
    expect(crm.entries()).toEqual([])

    crm.always(mishaps(seed))
    const playing = play({ to, sendings: sendings.slice(half), patience: 200, signal: AbortSignal.timeout(100_000) })
    for (const [i, point] of CRM_FAULT_POINTS.entries()) {
      await bridge.end('SIGKILL')
      // only Bitrix24's sender remembers something on the way
      if (point === 'crm-remembered' && name !== 'bitrix24') {
        bridge = await stand.start()
        await pause(100)
        continue
      }
      const doomed = stand.launch({ BRIDGE_FAULT: `${point}:${2 + (i % 2)}` })
      const ended = await Promise.race([doomed.ended, pause(20_000)])
      expect(ended, `it is still there, and said:\n${doomed.said()}`).toEqual({ code: null, signal: 'SIGKILL' })
      bridge = await stand.start()
      await pause(50)
    }
    expect((await playing).answered).toBe(sendings.length - half)

    const last = await stand.letEverythingGo(bridge)
    await until(async () => (await waitingAt(last)) === 0, last.said)

    const activities = new Map<string, Activity>()
    for (const line of (await ledgerOf(last.url)).split('\n').filter((text) => text !== '')) {
      const read = CallRecord.decode(JSON.parse(line))
      const activity = isRight(read) ? activityOf(read.right) : undefined
      if (activity !== undefined) activities.set(activity.id, activity)
    }
    expect(activities.size).toBeGreaterThan(15)
    const entries = crm.entries()
    expect(entries.map(({ id }) => id).filter((id, i, all) => all.indexOf(id) !== i), 'twice in the CRM').toEqual([])
    expect([...activities.keys()].filter((id) => !entries.some((entry) => entry.id === id)), 'not in the CRM').toEqual([])
    const corrected = ({ id, same, notes }: Entry): boolean => {
      const activity = activities.get(id)
      const newest = notes?.at(-1)
      if (activity === undefined) return notes === undefined || newest?.startsWith('This call does not count') === true
      return same(activity) || notes === undefined || newest?.includes(activity.sentence) === true
    }
    expect(entries.filter((entry) => !corrected(entry)).map(({ id, notes }) => ({ id, notes, should: activities.get(id)?.sentence })), 'wrong in the CRM').toEqual([])
    const marks = entries.flatMap(({ notes }) => notes ?? []).map((text) => text.slice(text.lastIndexOf('[')))
    expect(marks.length).toBe(new Set(marks).size)
    expect(last.said()).not.toMatch(/amo-token|bitrix-access|pat-eu1|\+7916/)
  }, 120_000)
})
