import { correlator, seconds, type CallEvent, type Change, type Correlator, type State } from 'call-legs'
import { callPlayer } from '../pbx/CallPlayer.js'
import { BEGINNING, HOUR, MINUTE } from '../pbx/days.js'
import { lineOf, type Expected, type Line, type PlayedCall } from '../pbx/Line.js'
import { directory } from '../pbx/office.js'
import { closeCall, missCall, openCall } from '../pbx/openCalls.js'
import { random } from '../pbx/Random.js'
import { everydayStories } from '../pbx/stories.js'
import { BUSY, stream } from '../pbx/stream.js'
import { mustBe, side, type Side } from '../Side.js'
import { sizeOf, type Subject } from '../Subject.js'
import { mustTell, registered } from './expectations.js'
import { goneBackTo } from './goneBackTo.js'
import { heldOpen, type HeldOpen } from './heldOpen.js'
import { received } from './received.js'

/** So many of the open calls end in one go, and so many begin. */
const TURNOVER = 1_000

/** The lines of calls that overlap, in the order of time, no two at the same time. */
const interleaved = (calls: ReadonlyArray<PlayedCall>): ReadonlyArray<Line> => {
  let last = 0
  return calls
    .flatMap(({ events }) => events)
    .sort((a, b) => a.at - b.at)
    .map((sent) => {
      last = Math.max(sent.at, last + 1)
      return lineOf(sent, last)
    })
}

/** Events and a tick behind each, from a state that stays as it is. */
const takingEvents = (
  calls: Correlator<State>,
  from: State,
  lines: ReadonlyArray<Line>,
  check: (state: State, changes: ReadonlyArray<Change>) => void
): Side =>
  side(
    lines.length,
    () => ({ state: goneBackTo(calls, from), events: lines.map(received) }),
    (given: { readonly state: State; readonly events: ReadonlyArray<CallEvent> }) => {
      const changes: Array<Change> = []
      let { state } = given
      for (const event of given.events) {
        const [stepped, byStep] = calls.step(state, event)
        const [ticked, byTick] = calls.tick(stepped, event.at)
        state = ticked
        for (const change of byStep) changes.push(change)
        for (const change of byTick) changes.push(change)
      }
      return { state, changes }
    },
    ({ state, changes }) => check(state, changes)
  )

/** The worst case: any of the open calls may be the next, however long ago it began; as many begin as end. */
const atRandom = (calls: Correlator<State>, { state, picked }: HeldOpen): Side => {
  const dice = random(12)
  const from = BEGINNING + HOUR + MINUTE
  const ended = picked.map((call): PlayedCall => {
    const known = call.player.end().events.length
    call.player.until(from + dice.between(0, seconds(100)))
    closeCall(call)
    const { callId, events, expected } = call.player.end()
    return { callId, events: events.slice(known), expected }
  })
  const begun = picked.map((): PlayedCall => {
    const player = callPlayer(dice, from + dice.between(0, seconds(100)))
    openCall(player)
    return player.end()
  })
  const expected: ReadonlyArray<Expected> = ended.flatMap((call) => call.expected)
  return takingEvents(calls, state, interleaved([...ended, ...begun]), (_, changes) =>
    mustTell(expected, registered(changes))
  )
}

/** As a PBX does it: calls begin, ring, are answered and end, hundreds at a time, while the many others talk on. */
const everyday = (calls: Correlator<State>, { state }: HeldOpen): Side => {
  const startAt = BEGINNING + HOUR + MINUTE
  const { lines, expected } = stream({ seed: 13, stories: everydayStories, startAt, every: BUSY, events: 5 * TURNOVER })
  const misses = expected.filter(({ kind }) => kind === 'missed').length
  return takingEvents(calls, state, lines, (_, changes) => {
    const records = registered(changes).length
    // the last misses have not settled yet when the stream ends
    if (records > expected.length || records < expected.length - misses) throw new Error(`${records} records instead of ${expected.length}`)
  })
}

const TICKS = 100
const DUE = 10

/** Ticks at each of which ten calls are due: five misses settle, five calls are let go. */
const ticking = (calls: Correlator<State>, held: HeldOpen): Side => {
  const dice = random(14)
  const first = BEGINNING + 3 * HOUR
  const tickAt = (n: number): number => first + seconds(10 * n)
  const played = Array.from({ length: TICKS * DUE }, (_, i): PlayedCall => {
    const tick = tickAt(Math.floor(i / DUE))
    if (i % 2 === 0) {
      const player = callPlayer(dice, tick - seconds(5.5))
      missCall(player)
      return player.end()
    }
    const player = callPlayer(dice, tick - 2 * HOUR - seconds(6))
    closeCall(openCall(player))
    return player.end()
  })
  const letGo = played.filter((_, i) => i % 2 === 1)
  const state = interleaved(played).reduce((before, line) => calls.step(before, received(line))[0], held.state)
  return side(
    TICKS,
    () => goneBackTo(calls, state),
    (from) => {
      const changes: Array<Change> = []
      let now = from
      for (let n = 0; n < TICKS; n++) {
        const [next, told] = calls.tick(now, tickAt(n))
        now = next
        for (const change of told) changes.push(change)
      }
      return { state: now, changes }
    },
    ({ state: after, changes }) => {
      mustBe('misses that settled', registered(changes).filter(({ kind }) => kind === 'missed').length, (TICKS * DUE) / 2)
      for (const { callId } of letGo) mustBe('a call that was to be let go', calls.explain(after, callId)?.state, 'gone')
    }
  )
}

/** Everything is given up. */
const draining = (calls: Correlator<State>, { state }: HeldOpen, open: number): Side =>
  side(
    open,
    () => goneBackTo(calls, state),
    (held) => calls.drain(held),
    ([after, changes]) => {
      mustBe('incomplete records', registered(changes).length, open)
      mustBe('what is due after a drain', calls.due(after), undefined)
    }
  )

/** One service with many calls under way. */
export const openCalls: Subject = (sizes) => {
  const open = sizeOf(sizes, 'open')
  const calls = correlator({ directory })
  const held = heldOpen(calls, open, TURNOVER)
  mustBe('picked calls', held.picked.length, TURNOVER)
  return {
    sides: {
      'any open call': () => atRandom(calls, held),
      'everyday calls': () => everyday(calls, held),
      tick: () => ticking(calls, held),
      drain: () => draining(calls, held, open)
    },
    facts: { open }
  }
}
