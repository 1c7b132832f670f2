import { callReducer, type Change } from 'call-legs'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { directory } from '../../../../test/pbx/index.js'
import { play } from '../../pbx/play.js'
import type { WireEvent } from '../../pbx/recording.js'
import { movedTo, timeOf } from '../../pbx/times.js'
import { endBridges } from '../bridgeProcess.js'
import { changesOf, expectLedgerOf, expectNoHolesIn, type Told } from './audit.js'
import { callsOf } from './stream.js'
import { quickTrial } from './trial.js'

const HOUR = 3_600_000_000

/**
 * Healthy calls of a PBX that was not told to send the beginnings at its IVRs and queues: nothing but its ringing phones
 * says that a caller who left the IVR is not lost yet, and these are believed for three minutes.
 */
const calls = callsOf({ seed: 21, events: 500, calls: 'healthy', over: 4_200 }).map((call) => ({
  ...call,
  events: call.events.filter((event) => event['EventType'] !== 'dial-in' || event['SubCallID']?.startsWith('85') === true)
}))

const timesOf = (events: ReadonlyArray<WireEvent>): ReadonlyArray<number> => events.flatMap((event) => timeOf(event) ?? [])

const all = calls.flatMap(({ events }) => events).sort((a, b) => (timeOf(a) ?? 0) - (timeOf(b) ?? 0))

const begin = Math.min(...timesOf(all))

/** Would a bridge that comes back after `cut + 1 h`, and looks at the clock first, call this call missed, though it is not? */
const isTempting = (events: ReadonlyArray<WireEvent>, cut: number): boolean => {
  const { initial, ingest, tick, drain } = callReducer({ directory })
  const readUntil = (to: number) =>
    events.filter((event) => (timeOf(event) ?? 0) <= to).reduce<readonly [typeof initial, ReadonlyArray<Change>]>(([state], event) => ingest(state, event), [initial, []])
  const missed = (changes: ReadonlyArray<Change>): boolean =>
    changes.some((change) => change.change === 'registered' && change.record.kind === 'missed')
  return missed(tick(readUntil(cut)[0], cut + HOUR)[1]) && !missed(drain(readUntil(Infinity)[0])[1])
}

/** The outage begins where it is worst: in the midst of most calls that only seem to be missed. */
const { cut, tempting } = timesOf(all)
  .filter((time, i) => i % 5 === 0 && time > begin + 600_000_000 && time < begin + 1_200_000_000)
  .map((time) => ({ cut: time, tempting: calls.filter(({ events }) => isTempting(events, time)).length }))
  .reduce((worst, moment) => (moment.tempting > worst.tempting ? moment : worst))

describe('given a bridge that is down for an hour of the stream and is then fed everything at once', () => {
  let stand: Awaited<ReturnType<typeof quickTrial>> | undefined
  afterEach(async () => {
    await endBridges()
    await stand?.remove()
  })

  const afterTheBacklog = async (patience: Readonly<Record<string, string>>): Promise<{ readonly changes: ReadonlyArray<Told>; readonly check: () => Promise<void> }> => {
    const here = await quickTrial({ SETTLE_MS: '200', TICK_MS: '50', ...patience })
    stand = here
    const bridge = await here.start()
    const events = movedTo(all, { now: Date.now() * 1_000, from: cut, speed: 1 })
    const heard = all.filter((event) => (timeOf(event) ?? 0) <= cut).length
    const send = async (url: string, some: ReadonlyArray<WireEvent>): Promise<void> => {
      const sendings = some.map((event) => ({ event, method: 'post' as const }))
      await play({ to: `${url}/hook`, sendings, concurrency: 1, signal: AbortSignal.timeout(150_000) })
    }
    await send(bridge.url, events.slice(0, heard))
    await bridge.end('SIGKILL')

    here.jumpTo(HOUR / 1_000)
    const back = await here.start()
    await pause(300) // the backlog does not come in the same moment
    await send(back.url, events.slice(heard))
    await pause(2_500) // the grace ends, the misses settle
    return { changes: await changesOf(back.url), check: async () => expectLedgerOf((await here.letEverythingGo(back)).url, events) }
  }

  const told = (changes: ReadonlyArray<Told>, what: Told['change']['change']): ReadonlyArray<Told> => changes.filter(({ change }) => change.change === what)

  it('then it tells of no miss that is none: nothing is revised, nothing is retracted', async () => {
    expect(tempting).toBeGreaterThan(0)
    const { changes, check } = await afterTheBacklog({ GRACE_MS: '1500' })
    expect(told(changes, 'retracted')).toEqual([])
    expect(told(changes, 'revised')).toEqual([])
    expect(told(changes, 'registered').filter(({ change }) => change.change !== 'retracted' && change.record.kind === 'missed').length).toBeGreaterThan(5)
    expectNoHolesIn(changes)
    await check()
  })

  it('without its patience it would: the stream has calls that seem to be missed', async () => {
    const { changes } = await afterTheBacklog({ GRACE_MS: '0', CATCH_UP_MS: '0' })
    expect(told(changes, 'retracted').length).toBeGreaterThan(0)
  })
})
