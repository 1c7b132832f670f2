import type { Correlator, State } from 'call-legs'
import { BEGINNING, HOUR } from '../pbx/days.js'
import { drawFrom } from '../../src/testing/Draw.js'
import { inOrder, type Begun } from '../../src/testing/inOrder.js'
import { seeded } from '../../src/testing/seeded.js'
import { openCall, playedFrom, player, type OpenCall } from '../pbx/openCalls.js'
import { lineOf } from '../pbx/stream.js'
import { received } from './received.js'
import { service, type Service } from './service.js'

/** A state with so many calls of two legs under way, which began within an hour; some of them to go on with. */
export interface HeldOpen {
  readonly service: Service
  /** Evenly from all over the hour. Their players have played three events each. */
  readonly picked: ReadonlyArray<OpenCall>
}

export const heldOpen = (calls: Correlator<State>, open: number, picks: number): HeldOpen => {
  const picked: Array<OpenCall> = []
  const draw = drawFrom(seeded(11))
  const begun = function* (): Generator<Begun> {
    let startAt = BEGINNING
    for (let i = 0; i < open; i++) {
      startAt += draw.between(0, Math.round((2 * HOUR) / open))
      const call = openCall(draw, player(`held ${i}`, startAt))
      if (Math.floor((i * picks) / open) < Math.floor(((i + 1) * picks) / open)) picked.push(call)
      yield playedFrom(call.player, startAt)
    }
  }
  let state = calls.initial
  for (const sent of inOrder(begun())) state = calls.step(state, received(lineOf(sent)))[0]
  return { service: service(state), picked }
}
