import type { CallExplanation, EpochMicros, OpenLeg } from 'call-legs'

/** When an employee's phone last answered the client, for all that is known of the call. */
const answeredAt = ({ legs }: CallExplanation): EpochMicros =>
  legs
    .filter(({ extensionType }) => extensionType === 'phone')
    .flatMap(({ events }) => events.filter(({ kind }) => kind === 'answer'))
    .reduce((latest, { at }) => Math.max(latest, at), -Infinity)

/** No phone rings for so long, in microseconds: ten minutes. The word that it stopped is lost. */
const RINGS_AT_MOST = 600_000_000

/**
 * The legs of a call that say what happens now. An IVR or a queue holds its leg until the whole call ends, and the word
 * of its end may be lost: who was answered after he entered it does not wait there any more. Somebody may wait again,
 * in a queue to which he was passed on later.
 */
export const onTheLine = (legs: ReadonlyArray<OpenLeg>, explanation: CallExplanation | undefined, now: EpochMicros): ReadonlyArray<OpenLeg> => {
  const answered = explanation === undefined ? -Infinity : answeredAt(explanation)
  return legs.filter(({ state, startedAt = -Infinity }) => {
    if (state === 'waiting') return startedAt > answered
    return state === 'talking' || now - startedAt < RINGS_AT_MOST
  })
}
