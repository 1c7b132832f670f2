import { correlator, seconds, type CallEvent, type Change, type Correlator, type State } from 'call-legs'
import { drawFrom } from '../../src/testing/Draw.js'
import { inOrder, type Begun } from '../../src/testing/inOrder.js'
import type { Expected } from '../../src/testing/Script.js'
import { seeded } from '../../src/testing/seeded.js'
import { BEGINNING, HOUR, MINUTE, directory } from '../pbx/days.js'
import { closeCall, missCall, openCall, playedFrom, player } from '../pbx/openCalls.js'
import { everydayStories } from '../pbx/everyday.js'
import { BUSY, lineOf, linesOf, type Line } from '../pbx/stream.js'
import { mustBe, side, type Side } from '../Side.js'
import { sizeOf, type Subject } from '../Subject.js'
import { mustTell, registered } from './expectations.js'
import { goneBackTo } from './goneBackTo.js'
import { heldOpen, type HeldOpen } from './heldOpen.js'
import { received } from './received.js'

/** So many of the open calls end in one go, and so many begin. */
const TURNOVER = 1_000

/** So many calls that may end are known: more than a run needs, and few beside a million that are held. */
const MOST_PICKS = 80_000

/** The lines of calls that overlap, in the order of time, no two at the same time. */
const interleaved = (calls: ReadonlyArray<Begun>): ReadonlyArray<Line> =>
  [...inOrder([...calls].sort((a, b) => a.startAt - b.startAt))].map(lineOf)

/** What comes in one go, and what must be told of it. */
interface Next {
  readonly lines: ReadonlyArray<Line>
  readonly check: (changes: ReadonlyArray<Change>) => void
}

/** Events and a tick behind each, in a service that goes on. */
const goingOn = (calls: Correlator<State>, { service }: HeldOpen, count: number, next: () => Next): Side =>
  side(
    count,
    () => {
      const { lines, check } = next()
      return { events: lines.map(received), check }
    },
    ({ events }: { readonly events: ReadonlyArray<CallEvent>; readonly check: Next['check'] }) => {
      const changes: Array<Change> = []
      let state = service.take()
      for (const event of events) {
        const [stepped, byStep] = calls.step(state, event)
        const [ticked, byTick] = calls.tick(stepped, event.at)
        state = ticked
        for (const change of byStep) changes.push(change)
        for (const change of byTick) changes.push(change)
      }
      service.goOn(state)
      return changes
    },
    (changes, { check }) => check(changes)
  )

/** The worst case: any of the open calls may be the next, however long ago it began; as many begin as end. */
const atRandom = (calls: Correlator<State>, held: HeldOpen, all: boolean): Side => {
  const dice = drawFrom(seeded(12))
  const open = [...held.picked]
  let known = all ? Infinity : open.length
  let from = BEGINNING + HOUR + MINUTE
  let turn = 0
  return goingOn(calls, held, 5 * TURNOVER, () => {
    known -= TURNOVER
    if (known < 0) throw new Error('no call is left that began long ago')
    const ended = open.splice(0, TURNOVER).map((call): Begun => {
      const known = call.player.played('under way').events.length
      const goesOn = from + dice.between(0, seconds(100))
      call.player.until(goesOn)
      closeCall(call)
      return playedFrom(call.player, goesOn, known)
    })
    const begun = ended.map((): Begun => {
      const startAt = from + dice.between(0, seconds(100))
      const call = openCall(dice, player(`turn ${turn++}`, startAt))
      open.push(call)
      return playedFrom(call.player, startAt)
    })
    from += 2 * MINUTE
    const expected: ReadonlyArray<Expected> = ended.flatMap(({ call }) => call.expected ?? [])
    return { lines: interleaved([...ended, ...begun]), check: (changes) => mustTell(expected, registered(changes)) }
  })
}

/** As a PBX does it: calls begin, ring, are answered and end, hundreds at a time, while the many others talk on. */
const everyday = (calls: Correlator<State>, held: HeldOpen): Side => {
  const startAt = BEGINNING + HOUR + MINUTE
  const due = new Set<string>()
  const tally = {
    call: (records: ReadonlyArray<Expected>) => {
      for (const { id, kind } of records) due.add(`${id} ${kind}`)
    }
  }
  const lines = linesOf({ seed: 13, stories: everydayStories, startAt, every: BUSY, events: Infinity }, tally)
  return goingOn(calls, held, 5 * TURNOVER, () => ({
    lines: Array.from({ length: 5 * TURNOVER }, () => {
      const next = lines.next()
      if (next.done === true) throw new Error('the stream has ended')
      return next.value
    }),
    check: (changes) => {
      for (const { id, kind } of registered(changes)) if (!due.delete(`${id} ${kind}`)) throw new Error(`not expected: ${id} ${kind}`)
      // of the calls that are under way, and of the misses that have not settled
      if (due.size > TURNOVER) throw new Error(`${due.size} records are missing`)
    }
  }))
}

const TICKS = 100
const DUE = 10

/** Ticks at each of which ten calls are due: five misses settle, five calls are let go. */
const ticking = (calls: Correlator<State>, { service }: HeldOpen): Side => {
  const dice = drawFrom(seeded(14))
  const first = BEGINNING + 3 * HOUR
  const tickAt = (n: number): number => first + seconds(10 * n)
  const played = Array.from({ length: TICKS * DUE }, (_, i): Begun => {
    const tick = tickAt(Math.floor(i / DUE))
    const isMissed = i % 2 === 0
    const startAt = isMissed ? tick - seconds(5.5) : tick - 2 * HOUR - seconds(6)
    const one = player(`due ${i}`, startAt)
    if (isMissed) missCall(dice, one.script)
    else closeCall(openCall(dice, one))
    return playedFrom(one, startAt)
  })
  const letGo = played.filter((_, i) => i % 2 === 1)
  const state = interleaved(played).reduce((before, line) => calls.step(before, received(line))[0], service.take())
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
      for (const { call: { callId } } of letGo) mustBe('a call that was to be let go', calls.explain(after, callId)?.state, 'gone')
    }
  )
}

/** Everything is given up. */
const draining = (calls: Correlator<State>, { service }: HeldOpen, open: number): Side => {
  const state = service.take()
  return side(
    open,
    () => state,
    (held) => calls.drain(held),
    ([after, changes]) => {
      mustBe('incomplete records', registered(changes).length, open)
      mustBe('what is due after a drain', calls.due(after), undefined)
    }
  )
}

/** One service with many calls under way: for one of the sides, for a service goes on from where it is. */
export const openCalls: Subject = (sizes) => {
  const open = sizeOf(sizes, 'open')
  const calls = correlator({ directory })
  const picks = Math.min(open, MOST_PICKS)
  const held = heldOpen(calls, open, picks)
  mustBe('picked calls', held.picked.length, picks)
  return {
    sides: {
      'any open call': () => atRandom(calls, held, picks === open),
      'everyday calls': () => everyday(calls, held),
      tick: () => ticking(calls, held),
      drain: () => draining(calls, held, open)
    },
    facts: { open }
  }
}
