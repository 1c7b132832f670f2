import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { chance } from '../../pbx/Chance.js'
import { play } from '../../pbx/play.js'
import { sendingsOf } from '../../pbx/programme.js'
import { endBridges } from '../bridgeProcess.js'
import { postgresIsInstalled, postgresServer, type PostgresServer } from '../postgresServer.js'
import { expectLedgerOf } from './audit.js'
import { streamOf } from './stream.js'
import { RESTLESS, trial, type Trial } from './trial.js'

describe.skipIf(!postgresIsInstalled())('given two bridges on one PostgreSQL', () => {
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

  it('when they are started at once, share each call and one of them is killed now and then, then the table is what classify makes', async () => {
    const [one, other] = await Promise.all([stand.start(), stand.start({}, true)])
    const sendings = sendingsOf(
      streamOf({ seed: 5, events: 700, calls: 'wild' }),
      { method: 'both', seed: 5, shuffle: 0.3, repeat: 0.2, places: 8 },
      Date.now() * 1_000
    )
    const stop = AbortSignal.timeout(200_000)
    const dice = chance(5)
    const played = new AbortController()
    const killing = (async () => {
      let victim = other
      let kills = 0
      for (; !played.signal.aborted; kills++) {
        await pause(dice.between(300, 900))
        await victim.end('SIGKILL')
        victim = await stand.start({ PORT: String(victim.port) }, true)
      }
      return { victim, kills }
    })()
    // the events of a call go to both, one here and the next there
    const [toOne, toOther] = [0, 1].map((half) => sendings.filter((_, i) => i % 2 === half))
    const answers = await Promise.all([
      play({ to: `${one.url}/hook`, sendings: toOne ?? [], patience: 200, signal: stop }),
      play({ to: `${other.url}/hook`, sendings: toOther ?? [], patience: 200, signal: stop })
    ])
    played.abort()
    const { victim, kills } = await killing
    expect(kills).toBeGreaterThan(2)
    expect(answers.reduce((sum, { answered }) => sum + answered, 0), one.said()).toBe(sendings.length)
    await victim.end('SIGKILL')
    await expectLedgerOf((await stand.letEverythingGo(one)).url, sendings.map(({ event }) => event))
  })
})
