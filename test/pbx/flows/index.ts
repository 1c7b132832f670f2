import type { Flow } from '../Flow.js'
import {
  outgoingAloneCallBackId, outgoingAlonePlaced, sourceRingsCallBackId, sourceRingsPlaced, websiteCallbackAnswered, websiteCallbackMissed
} from './callback.js'
import {
  forwardByPhoneAnswered, forwardByPhoneNotAnswered, forwardByRuleAnswered, forwardByRuleNotAnswered, outgoingThenTransferred
} from './forward.js'
import { directAnswered, directNotAnswered, queueAnswered, queueRingsAgain } from './incoming.js'
import { colleagueAsksQueue, localCall, parkedAndRetrieved, pickedUpByCode, serviceCode, shortNumber } from './inside.js'
import {
  missedAtIvr, missedIvrFirst, missedQueueFirst, overflowAnswered, overflowMissed, overflowToPhoneAnswered, overflowToPhoneNotAnswered
} from './missed.js'
import { ignoredBetween, neverClosed } from './odd.js'
import {
  outgoingAnswered, outgoingBusy, outgoingCancelled, outgoingCongestion, outgoingUnanswered, outgoingUnavailable, outgoingUnknownStatus
} from './outgoing.js'
import { attendedTransfer, blindTransfer, consultation, lostInQueueAfterTransfer } from './transfer.js'

/** All ways in which calls go. The simplest comes first: failures shrink towards it. */
export const flows: ReadonlyArray<Flow> = [
  directAnswered, directNotAnswered, queueAnswered, queueRingsAgain,
  missedAtIvr, missedIvrFirst, missedQueueFirst, overflowAnswered, overflowMissed, overflowToPhoneAnswered, overflowToPhoneNotAnswered,
  blindTransfer, attendedTransfer, consultation, lostInQueueAfterTransfer,
  forwardByPhoneAnswered, forwardByPhoneNotAnswered, forwardByRuleAnswered, forwardByRuleNotAnswered, outgoingThenTransferred,
  outgoingAnswered, outgoingBusy, outgoingCancelled, outgoingUnanswered, outgoingCongestion, outgoingUnavailable, outgoingUnknownStatus,
  websiteCallbackAnswered, websiteCallbackMissed,
  sourceRingsCallBackId, sourceRingsPlaced, outgoingAloneCallBackId, outgoingAlonePlaced,
  colleagueAsksQueue, localCall, shortNumber, serviceCode, pickedUpByCode, parkedAndRetrieved,
  neverClosed, ignoredBetween
]
