import type { Correlator, State } from 'call-legs'
import { BEGINNING, HOUR } from '../pbx/days.js'
import { openCall, type OpenCall } from '../pbx/openCalls.js'
import { linesOf } from '../pbx/stream.js'
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
  let begun = 0
  const play = (player: OpenCall['player']): void => {
    const call = openCall(player)
    if (Math.floor((begun * picks) / open) < Math.floor(((begun + 1) * picks) / open)) picked.push(call)
    begun += 1
  }
  const draft = { seed: 11, stories: [{ weight: 1, play }], startAt: BEGINNING, every: HOUR / open, events: open * 3 }
  let state = calls.initial
  for (const line of linesOf(draft, { call: () => undefined })) state = calls.step(state, received(line))[0]
  return { service: service(state), picked }
}
