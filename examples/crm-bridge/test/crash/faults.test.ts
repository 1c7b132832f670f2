import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { play, type Sending } from '../../pbx/play.js'
import { sendingsOf } from '../../pbx/programme.js'
import { FAULT_POINTS } from '../../src/fault.js'
import { endBridges, type Launched } from '../bridgeProcess.js'
import { expectLedgerOf } from './audit.js'
import { streamOf } from './stream.js'
import { quickTrial, RESTLESS } from './trial.js'

/** How many events are sent for each point. */
const PIECE = 60

/** At which time the bridge is killed there: somewhere in the piece. A ticker begins twenty times a second, and rarely finds something. */
const timeOf = (point: string, index: number): number =>
  point === 'tick-begun' ? 20 : point.startsWith('tick-') ? 1 : 5 + ((index * 7) % 20)

const armed = (index: number): Readonly<Record<string, string>> => {
  const point = FAULT_POINTS[index]
  return point === undefined ? {} : { BRIDGE_FAULT: `${point}:${timeOf(point, index)}` }
}

const SECONDS = 1_000

describe('given a bridge that kills itself between two of its writes', () => {
  let stand: Awaited<ReturnType<typeof quickTrial>>
  let to = ''
  let doomed: Launched
  const playing: Array<Promise<unknown>> = []
  const stop = new AbortController()

  const sendings = sendingsOf(
    streamOf({ seed: 11, events: PIECE * FAULT_POINTS.length, calls: 'wild', over: 900 }),
    { method: 'both', seed: 11, shuffle: 0.2, repeat: 0.05, places: 10 },
    Date.now() * 1_000
  )
  const share = Math.ceil(sendings.length / FAULT_POINTS.length)
  const send = (some: ReadonlyArray<Sending>): void => {
    playing.push(play({ to, sendings: some, patience: 100, signal: stop.signal }))
  }

  beforeAll(async () => {
    stand = await quickTrial(RESTLESS)
    const first = await stand.start()
    to = `${first.url}/hook`
    await first.end()
    doomed = stand.launch(armed(0))
  })
  afterAll(async () => {
    stop.abort()
    await endBridges()
    await stand.remove()
  })

  // each time the next bridge, which is to be killed at the next point, gets what this one has left
  it.each(FAULT_POINTS.map((point, index) => [point, index] as const))(
    'when it gets to "%s", then another goes on',
    async (_, index) => {
      send(sendings.slice(index * share, (index + 1) * share))
      const ended = await Promise.race([doomed.ended, pause(15 * SECONDS)])
      expect(ended, `it is still there, and said:\n${doomed.said()}`).toEqual({ code: null, signal: 'SIGKILL' })
      doomed = stand.launch(armed(index + 1))
    },
    20 * SECONDS
  )

  it('then, after all this, the table is what classify makes of the events', async () => {
    const last = await doomed.ready
    await Promise.all(playing)
    await expectLedgerOf((await stand.letEverythingGo(last)).url, sendings.map(({ event }) => event))
  })
})
