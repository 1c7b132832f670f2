import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { chance } from '../../pbx/Chance.js'
import { play, type Sending } from '../../pbx/play.js'
import { sendingsOf } from '../../pbx/programme.js'
import { endBridges, type BridgeProcess } from '../bridgeProcess.js'
import { NO_POSTGRES, postgresIsInstalled, postgresServer, type PostgresServer } from '../postgresServer.js'
import { expectLedgerOf } from './audit.js'
import { streamOf } from './stream.js'
import { RESTLESS, trial, type Database, type Trial } from './trial.js'

const KILLS = 20

/** Milliseconds; a tenth of it does on a machine that has nothing else to do. */
const PATIENT = 300_000

const eventsIn = (sendings: ReadonlyArray<Sending>): Parameters<typeof expectLedgerOf>[1] => sendings.map(({ event }) => event)

/** A stream of thousands, out of order and with repeats; as in a bad week, half of its calls are damaged. */
const sent = (seed: number): ReadonlyArray<Sending> =>
  sendingsOf(streamOf({ seed, events: 3_000, calls: 'wild' }), { method: 'both', seed, shuffle: 0.2, repeat: 0.05, places: 20 }, Date.now() * 1_000)

/** Kills the bridge at random moments, so often, spread over the stream; each time another takes its place. */
const playWithKills = async (stand: Trial, sendings: ReadonlyArray<Sending>, seed: number): Promise<{ readonly last: BridgeProcess; readonly kills: number; readonly answered: number }> => {
  const dice = chance(seed)
  const share = Math.floor(sendings.length / (KILLS + 1))
  let bridge = await stand.start()
  let kills = 0
  let killAt = dice.between(1, share)
  let replacing: Promise<unknown> = Promise.resolve()
  const stop = new AbortController()
  const replace = async (): Promise<void> => {
    expect(await bridge.end('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' })
    bridge = await stand.start()
  }
  const { answered } = await play({
    to: `${bridge.url}/hook`,
    sendings,
    concurrency: 8,
    patience: 200,
    signal: AbortSignal.any([stop.signal, AbortSignal.timeout(300_000)]),
    onAnswer: (_, progress) => {
      if (kills >= KILLS || progress.answered < killAt) return
      kills += 1
      killAt = share * kills + dice.between(1, share)
      replacing = pause(dice.between(0, 20)).then(replace)
      replacing.catch(() => stop.abort())
    }
  })
  await replacing
  return { last: bridge, kills, answered }
}

describe(`given a stream of three thousand events, when the bridge is killed ${KILLS} times at random moments`, () => {
  let postgres: PostgresServer | undefined
  let stand: Trial | undefined
  beforeAll(async () => {
    postgres = postgresIsInstalled() ? await postgresServer() : undefined
  })
  afterEach(async () => {
    await endBridges()
    stand?.remove()
  })
  afterAll(async () => postgres?.remove())

  const story = async (database: Database | undefined, seed: number): Promise<void> => {
    stand = trial(RESTLESS, database)
    const sendings = sent(seed)
    const { last, kills, answered } = await playWithKills(stand, sendings, seed)
    expect({ kills, answered }).toEqual({ kills: KILLS, answered: sendings.length })
    await expectLedgerOf((await stand.letEverythingGo(last)).url, eventsIn(sendings))
  }

  it('then the table in PGlite is what classify makes of the events', () => story(undefined, 20_260_603), PATIENT)

  it.skipIf(!postgresIsInstalled())(`then the table in PostgreSQL is too (${postgresIsInstalled() ? 'installed' : NO_POSTGRES})`, () =>
    story(postgres?.database(), 20_260_604), PATIENT)
})
