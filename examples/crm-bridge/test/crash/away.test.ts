import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { play } from '../../pbx/play.js'
import { sendingsOf } from '../../pbx/programme.js'
import { endBridges } from '../bridgeProcess.js'
import { postgresIsInstalled, postgresServer, type PostgresServer } from '../postgresServer.js'
import { expectLedgerOf } from './audit.js'
import { streamOf } from './stream.js'
import { RESTLESS, trial, type Trial } from './trial.js'

describe.skipIf(!postgresIsInstalled())('given a bridge on a PostgreSQL server that goes away', () => {
  let postgres: PostgresServer
  let stand: Trial
  beforeAll(async () => {
    postgres = await postgresServer()
    stand = trial(RESTLESS, postgres.database())
  })
  afterEach(endBridges)
  afterAll(async () => {
    stand.remove()
    await postgres.remove()
  })

  it('when it is shut down, and later killed, for a while each, then the bridge lives on, refuses meanwhile, and loses nothing', async () => {
    const bridge = await stand.start()
    const sendings = sendingsOf(
      streamOf({ seed: 3, events: 800, calls: 'wild' }),
      { method: 'both', seed: 3, shuffle: 0.2, repeat: 0.05, places: 8 },
      Date.now() * 1_000
    )
    const outages: Array<NodeJS.Signals> = ['SIGINT', 'SIGKILL']
    let outage: Promise<void> = Promise.resolve()
    const away = async (signal: NodeJS.Signals): Promise<void> => {
      await postgres.stop(signal)
      await pause(1_500)
      await postgres.start()
    }
    const { answered, refused, broken } = await play({
      to: `${bridge.url}/hook`,
      sendings,
      patience: 200,
      signal: AbortSignal.timeout(200_000),
      onAnswer: (_, progress) => {
        const [signal] = outages
        if (signal === undefined || progress.answered < (sendings.length / 3) * (3 - outages.length)) return
        outages.shift()
        outage = outage.then(() => away(signal))
      }
    })
    await outage
    expect({ answered, broken, outages }, bridge.said()).toEqual({ answered: sendings.length, broken: 0, outages: [] })
    expect(refused).toBeGreaterThan(4)
    await expectLedgerOf((await stand.letEverythingGo(bridge)).url, sendings.map(({ event }) => event))
  })
})
