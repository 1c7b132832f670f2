import { correlator, type CallExplanation } from '../index.js'
import { NOT_READ, SOME_REJECTED } from './ExitStatus.js'
import { readAll } from './readAll.js'
import type { Station } from './Station.js'

/** So many calls are named that begin alike. */
const NAMED = 5

/** Reads all events, and explains the one call whose CallID begins so; reports it, if there is none or more than one. Only the events of such calls are held. */
export const oneCall = async (callId: string, station: Station): Promise<CallExplanation | undefined> => {
  const { config, report } = station
  const calls = correlator(config)
  const found = new Set<string>()
  let state = calls.initial
  await readAll(station, (event) => {
    if (!event.callId.startsWith(callId)) return
    found.add(event.callId)
    ;[state] = calls.step(state, event)
  })
  const [first, ...others] = [...found].sort()
  // the whole id of a call may be the beginning of another's
  if (found.has(callId) || (first !== undefined && others.length === 0)) return calls.explain(state, found.has(callId) ? callId : (first ?? callId), Infinity)
  if (first === undefined) report.say(`no event of call ${callId} was read`, SOME_REJECTED)
  else report.say(`${callId} begins ${found.size} calls: ${[first, ...others].slice(0, NAMED).join(', ')}${found.size > NAMED ? ' …' : ''}`, NOT_READ)
  return undefined
}
