import { correlator, seconds, type CallEvent, type Correlator, type State } from 'call-legs'
import { drawFrom, type Draw } from '../../src/testing/Draw.js'
import { drawClient } from '../../src/testing/draws.js'
import { asCaller, type Player } from '../../src/testing/Script.js'
import { seeded } from '../../src/testing/seeded.js'
import { timeOf, type Leg } from '../../src/testing/wire.js'
import { BEGINNING, company, directory, HOUR } from '../pbx/days.js'
import { playedFrom, player } from '../pbx/openCalls.js'
import { lineOf, type Line } from '../pbx/stream.js'
import { mustBe, side, type Side } from '../Side.js'
import { sizeOf, type Subject } from '../Subject.js'
import { received } from './received.js'

/** A call with many legs: half of its phones have rung in vain, the other half ring. */
interface LargeCall {
  readonly player: Player
  readonly ringing: ReadonlyArray<Leg>
  readonly ringOne: () => Leg
}

/** Phones of a large queue ring for a caller, round after round. */
const ringPhones = (draw: Draw, one: Player, legs: number, ringOne: () => Leg): LargeCall => {
  const { wait, hangup } = one.script
  const inVain = Array.from({ length: Math.floor(legs / 2) }, ringOne)
  wait(draw.between(seconds(15), seconds(25)))
  for (const leg of inVain) hangup(leg, 'NOANSWER')
  return { player: one, ringing: Array.from({ length: legs - inVain.length }, ringOne), ringOne }
}

/** A caller in a queue. */
const queueCall = (draw: Draw, one: Player, legs: number): LargeCall => {
  const { ring } = one.script
  const caller = drawClient(draw, company)
  const through = draw.pick(company.queues)
  ring(through, caller)
  return ringPhones(draw, one, legs - 1, () => ring(draw.pick(company.phones), { ...caller, through }))
}

/** The visitor of a website is called, and then put into a queue: the outgoing leg has to do with all the others. */
const callbackCall = (draw: Draw, one: Player, legs: number): LargeCall => {
  const { dial, ring, answer, wait, id } = one.script
  const { number } = drawClient(draw, company)
  const callBackId = id('callback')
  const from = draw.pick(company.phones)
  const away = dial(from, number, { callBackId })
  wait(draw.between(seconds(3), seconds(20)))
  answer(away)
  const through = draw.pick(company.queues)
  ring(through, { ...asCaller(from), callBackId })
  return ringPhones(draw, one, legs - 2, () => ring(draw.pick(company.phones), { number, through, callBackId }))
}

const lines = (one: Player, from = 0): ReadonlyArray<Line> =>
  playedFrom(one, BEGINNING, from).call.events.map((event) => lineOf({ at: timeOf(event) ?? BEGINNING, event }))

/** One phone stops to ring, another begins: twice. */
const goOn = ({ player: one, ringing, ringOne }: LargeCall): ReadonlyArray<Line> => {
  const known = lines(one).length
  one.until(BEGINNING + HOUR)
  for (const leg of ringing.slice(0, 2)) {
    one.script.hangup(leg, 'NOANSWER')
    ringOne()
  }
  return lines(one, known)
}

/** The events that some calls of one kind get, which are as large when they come. */
const growing = (
  calls: Correlator<State>,
  legs: number,
  number: number,
  begin: (draw: Draw, one: Player, legs: number) => LargeCall
): Side => {
  const dice = drawFrom(seeded(21))
  const large = Array.from({ length: number }, (_, i) => begin(dice, player(`large ${i}`, BEGINNING + i), legs))
  const held = large
    .flatMap(({ player: one }) => lines(one))
    .reduce((state, line) => calls.step(state, received(line))[0], calls.initial)
  const phonesThatRing = large.reduce((sum, { ringing }) => sum + ringing.length, 0)
  mustBe('open legs', calls.openLegs(held).length, phonesThatRing + number * (begin === queueCall ? 1 : 2))
  const next = large.map(goOn)
  // the calls' events alternate, as those of calls at the same time do
  const mixed = [0, 1, 2, 3].flatMap((turn) => next.flatMap((events) => events.slice(turn, turn + 1)))
  return side(
    mixed.length,
    () => mixed.map(received),
    (events: ReadonlyArray<CallEvent>) => {
      let changes = 0
      let state = held
      for (const event of events) {
        const [stepped, told] = calls.step(state, event)
        state = stepped
        changes += told.length
      }
      return { state, changes }
    },
    ({ state, changes }) => {
      mustBe('changes', changes, 0)
      mustBe('open legs', calls.openLegs(state).length, calls.openLegs(held).length)
    }
  )
}

/** One service whose calls have few or many legs. */
export const legs: Subject = (sizes) => {
  const calls = correlator({ directory })
  const each = sizeOf(sizes, 'legs')
  const number = sizeOf(sizes, 'calls')
  return {
    sides: {
      queue: () => growing(calls, each, number, queueCall),
      callback: () => growing(calls, each, sizeOf(sizes, 'callbacks'), callbackCall)
    },
    facts: { legs: each, calls: number }
  }
}
