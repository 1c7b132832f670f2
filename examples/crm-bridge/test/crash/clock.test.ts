import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { play } from '../../pbx/play.js'
import { endBridges } from '../bridgeProcess.js'
import { expectLedgerOf, ledgerOf } from './audit.js'
import { classified } from './classified.js'
import { streamOf } from './stream.js'
import { quickTrial, RESTLESS } from './trial.js'

const HOUR = 3_600_000

const missesIn = (ledger: string): number => ledger.split('\n').filter((line) => line.includes('"kind":"missed"')).length

describe('given a machine whose clock jumps in the middle of many calls', () => {
  let stand: Awaited<ReturnType<typeof quickTrial>> | undefined
  afterEach(async () => {
    await endBridges()
    await stand?.remove()
  })

  it('when it is thirty hours ahead for a while and then three behind, then no call is given up, and misses still settle', async () => {
    stand = await quickTrial(RESTLESS)
    const bridge = await stand.start()
    const events = streamOf({ seed: 8, events: 600, calls: 'healthy', over: 600 })
    const [first, second, third] = [0, 1, 2].map((part) =>
      events.slice((part * events.length) / 3, ((part + 1) * events.length) / 3).map((event) => ({ event, method: 'post' as const })))
    const send = (sendings = first): Promise<unknown> => play({ to: `${bridge.url}/hook`, sendings: sendings ?? [], signal: AbortSignal.timeout(150_000) })

    await send(first)
    stand.jumpTo(30 * HOUR)
    await pause(400) // eight turns of the ticker, each of which may do harm
    await send(second)
    await pause(400)
    stand.jumpTo(-3 * HOUR)
    await pause(400)
    await send(third)

    const { ledger } = classified(events)
    expect(missesIn(ledger)).toBeGreaterThan(5)
    // misses that wait for nothing but the settle window; those that a leg without end holds back come at the end
    const settled = async (): Promise<number> => missesIn(await ledgerOf(bridge.url))
    for (let turns = 0; turns < 40 && (await settled()) < missesIn(ledger) * 0.8; turns++) await pause(100)
    expect(await settled(), bridge.said()).toBeGreaterThanOrEqual(missesIn(ledger) * 0.8)
    await expectLedgerOf((await stand.letEverythingGo(bridge)).url, events)
  })
})
