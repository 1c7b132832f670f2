import type { Call } from './Call.js'
import type { Json } from './Placed.js'
import type { Leg } from '../leg/Leg.js'

/** R-callback: any event of the CallID carries `CallBackID`, or the application told that it placed this call. */
export const isCallback = (call: Call): boolean => call.callBack !== undefined || call.placed !== undefined

/** R-callback: of several ids the earliest event's; of a call that was placed and whose events carry none, its `call_id`. */
export const callBackId = (call: Call): string | undefined =>
  call.callBack?.callBackId ?? (call.placed === undefined ? undefined : call.callId)

/** The application's own context, where it gave one. */
export const contextOf = (call: Call): Json | undefined => call.placed?.context

/** R-callback: an outgoing leg whose own events carry `CallBackID` was placed on behalf of its extension. */
export const carriesCallBackId = ({ dial, answer, hangup, others }: Leg): boolean =>
  dial?.callBackId !== undefined ||
  answer?.callBackId !== undefined ||
  hangup?.callBackId !== undefined ||
  others.some((event) => event.callBackId !== undefined)
