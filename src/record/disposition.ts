import type { CallEvent } from '../event/CallEvent.js'
import type { Micros } from '../event/time.js'
import type { Cause } from './CallRecord.js'

/**
 * R-success: only `CallStatus=ANSWER` on the hangup is a success. Everything else, unknown values and an
 * absent one included, is unsuccessful with a cause. In no case may it be recorded as a success.
 */
export const isSuccess = (hangup: CallEvent): boolean => hangup.status === 'ANSWER'

/** R-success: why it was none. */
export const causeOf = (hangup: CallEvent): Cause => {
  switch (hangup.status) {
    case 'BUSY':
      return 'busy'
    case 'CANCEL':
      return 'cancelled'
    case 'NOANSWER':
      return 'no-answer'
    case 'CONGESTION':
      return 'congestion'
    case 'CHANUNAVAIL':
      return 'unavailable'
    default:
      return 'other'
  }
}

/** R-talk: the hangup's `Duration`; else hangup time minus answer time, if that is not negative; else absent. */
export const talkTime = (hangup: CallEvent, answer: CallEvent | undefined): Micros | undefined => {
  if (hangup.talkTime !== undefined) return hangup.talkTime
  return answer === undefined || hangup.at < answer.at ? undefined : hangup.at - answer.at
}
