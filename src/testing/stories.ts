import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import {
  outgoingAloneCallBackId, outgoingAlonePlaced, sourceRingsCallBackId, sourceRingsPlaced, websiteCallbackAnswered, websiteCallbackMissed
} from './stories/callback.js'
import {
  forwardByPhoneAnswered, forwardByPhoneNotAnswered, forwardByRuleAnswered, forwardByRuleNotAnswered, outgoingThenTransferred
} from './stories/forward.js'
import { directAnswered, directNotAnswered, queueAnswered, queueRingsAgain } from './stories/incoming.js'
import { colleagueAsksQueue, localCall, parkedAndRetrieved, pickedUpByCode, serviceCode, shortNumber } from './stories/inside.js'
import {
  deadCall, missedAtIvr, missedIvrFirst, missedQueueFirst, overflowAnswered, overflowMissed, overflowToPhoneAnswered, overflowToPhoneNotAnswered
} from './stories/missed.js'
import { ignoredBetween, neverClosed } from './stories/odd.js'
import {
  outgoingAnswered, outgoingBusy, outgoingCancelled, outgoingCongestion, outgoingUnanswered, outgoingUnavailable, outgoingUnknownStatus
} from './stories/outgoing.js'
import { attendedTransfer, blindTransfer, consultation, lostInQueueAfterTransfer } from './stories/transfer.js'
import type { Story } from './Story.js'

/** All ways in which calls go. The simplest comes first: failures shrink towards it. */
export const stories: ReadonlyNonEmptyArray<Story> = [
  directAnswered, directNotAnswered, queueAnswered, queueRingsAgain,
  missedAtIvr, missedIvrFirst, missedQueueFirst, overflowAnswered, overflowMissed, overflowToPhoneAnswered, overflowToPhoneNotAnswered, deadCall,
  blindTransfer, attendedTransfer, consultation, lostInQueueAfterTransfer,
  forwardByPhoneAnswered, forwardByPhoneNotAnswered, forwardByRuleAnswered, forwardByRuleNotAnswered, outgoingThenTransferred,
  outgoingAnswered, outgoingBusy, outgoingCancelled, outgoingUnanswered, outgoingCongestion, outgoingUnavailable, outgoingUnknownStatus,
  websiteCallbackAnswered, websiteCallbackMissed,
  sourceRingsCallBackId, sourceRingsPlaced, outgoingAloneCallBackId, outgoingAlonePlaced,
  colleagueAsksQueue, localCall, shortNumber, serviceCode, pickedUpByCode, parkedAndRetrieved,
  neverClosed, ignoredBetween
]

/**
 * The names of the stories, for {@link CallConstraints}: the simplest first.
 *
 * @since 0.1.0
 * @category testing
 */
export const storyNames: ReadonlyArray<string> = stories.map(({ name }) => name)
