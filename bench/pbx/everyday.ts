import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import { directAnswered, directNotAnswered, queueAnswered } from '../../src/testing/stories/incoming.js'
import { localCall } from '../../src/testing/stories/inside.js'
import { missedIvrFirst, missedQueueFirst } from '../../src/testing/stories/missed.js'
import { outgoingAnswered, outgoingBusy, outgoingCancelled, outgoingUnanswered } from '../../src/testing/stories/outgoing.js'
import { attendedTransfer, blindTransfer } from '../../src/testing/stories/transfer.js'
import { forwardByPhoneAnswered } from '../../src/testing/stories/forward.js'
import { sourceRingsCallBackId } from '../../src/testing/stories/callback.js'
import type { Story } from '../../src/testing/Story.js'

const often = (story: Story, weight: number): Story => ({ ...story, weight })

/** Answered, missed and transferred: what a loop by hand covers as well. */
export const plainStories: ReadonlyNonEmptyArray<Story> = [
  often(queueAnswered, 32),
  often(missedIvrFirst, 5),
  often(missedQueueFirst, 5),
  often(directAnswered, 16),
  often(directNotAnswered, 5),
  often(outgoingAnswered, 18),
  often(blindTransfer, 7)
]

/** The day of a company: what its PBX sends in working hours. */
export const everydayStories: ReadonlyNonEmptyArray<Story> = [
  plainStories[0],
  ...plainStories.slice(1),
  often(outgoingBusy, 3),
  often(outgoingUnanswered, 3),
  often(outgoingCancelled, 3),
  often(attendedTransfer, 3),
  often(forwardByPhoneAnswered, 2),
  often(sourceRingsCallBackId, 4),
  often(localCall, 4)
]
