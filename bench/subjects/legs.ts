import { correlator, seconds, type CallEvent, type Correlator, type State } from 'call-legs'
import type { Leg } from '../../test/pbx/wire.js'
import { callPlayer, type CallPlayer } from '../pbx/CallPlayer.js'
import { BEGINNING, HOUR } from '../pbx/days.js'
import { among, client, clientNumber } from '../pbx/draws.js'
import { lineOf, type Line, type Sent } from '../pbx/Line.js'
import { directory, phones, queues } from '../pbx/office.js'
import { random } from '../pbx/Random.js'
import { mustBe, side, type Side } from '../Side.js'
import { sizeOf, type Subject } from '../Subject.js'
import { received } from './received.js'

/** A call with many legs: half of its phones have rung in vain, the other half ring. */
interface LargeCall {
  readonly player: CallPlayer
  readonly ringing: ReadonlyArray<Leg>
  readonly ringOne: () => Leg
}

/** Phones of a large queue ring for a caller, round after round. */
const ringPhones = (player: CallPlayer, legs: number, ringOne: () => Leg): LargeCall => {
  const inVain = Array.from({ length: Math.floor(legs / 2) }, ringOne)
  player.wait(seconds(15), seconds(25))
  for (const leg of inVain) player.hangup(leg, 'NOANSWER')
  return { player, ringing: Array.from({ length: legs - inVain.length }, ringOne), ringOne }
}

/** A caller in a queue. */
const queueCall = (player: CallPlayer, legs: number): LargeCall => {
  const { random: dice, ring } = player
  const caller = client(dice)
  const through = among(dice, queues)
  ring(through, caller)
  return ringPhones(player, legs - 1, () => ring(among(dice, phones), { ...caller, through }))
}

/** The visitor of a website is called, and then put into a queue: the outgoing leg has to do with all the others. */
const callbackCall = (player: CallPlayer, legs: number): LargeCall => {
  const { random: dice, dial, ring, answer, wait } = player
  const number = clientNumber(dice)
  const callBackId = dice.hex()
  const from = among(dice, phones)
  const away = dial(from, number, { callBackId })
  wait(seconds(3), seconds(20))
  answer(away)
  const caller = { number: from.name, through: from, callBackId }
  const through = among(dice, queues)
  ring(through, caller)
  return ringPhones(player, legs - 2, () => ring(among(dice, phones), { number, through, callBackId }))
}

const lines = (events: ReadonlyArray<Sent>): ReadonlyArray<Line> => events.map((sent) => lineOf(sent, sent.at))

/** One phone stops to ring, another begins: twice. */
const goOn = ({ player, ringing, ringOne }: LargeCall): ReadonlyArray<Line> => {
  const known = player.end().events.length
  player.until(BEGINNING + HOUR)
  for (const leg of ringing.slice(0, 2)) {
    player.hangup(leg, 'NOANSWER')
    ringOne()
  }
  return lines(player.end().events.slice(known))
}

/** The events that some calls of one kind get, which are as large when they come. */
const growing = (
  calls: Correlator<State>,
  legs: number,
  number: number,
  begin: (player: CallPlayer, legs: number) => LargeCall
): Side => {
  const dice = random(21)
  const large = Array.from({ length: number }, (_, i) => begin(callPlayer(dice, BEGINNING + i), legs))
  const held = large
    .flatMap(({ player }) => lines(player.end().events))
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
