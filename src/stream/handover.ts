/** What is handed from one who gives to one who takes, hand to hand: nothing lies in between. */
export interface Handover<A> {
  /** Is done when the next thing is asked for: what was given has been worked off. */
  readonly give: (what: A) => Promise<void>
  /** There is no more; is done when the taker knows. */
  readonly end: () => Promise<void>
  /** The giver fails: so does the taker. */
  readonly fail: (reason: unknown) => void
  /** To be taken from once. */
  readonly taker: AsyncIterable<A>
  /** The taker wants no more, as when he returns: nothing that is given waits any longer. */
  readonly leave: () => void
}

interface Offer<A> {
  readonly given: { readonly what: A } | 'end'
  readonly workedOff: () => void
}

const nothing = (): void => undefined

/**
 * One gives at a time, and one takes, as streams do it.
 *
 * @param onLeft the taker wants no more
 */
export const handover = <A>(onLeft: () => void): Handover<A> => {
  let offer: Offer<A> | undefined
  let failure: { readonly reason: unknown } | undefined
  let hasLeft = false
  /** What the taker has in hand is worked off when he asks for more. */
  let workedOff = nothing
  let arrive = nothing

  const put = (given: Offer<A>['given']): Promise<void> =>
    new Promise((resolve) => {
      if (hasLeft) return resolve()
      offer = { given, workedOff: resolve }
      arrive()
    })

  const take = async (): Promise<IteratorResult<A>> => {
    workedOff()
    if (offer === undefined && failure === undefined) await new Promise<void>((resolve) => (arrive = resolve))
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever the giver failed with, the taker fails with
    if (failure !== undefined) return Promise.reject(failure.reason)
    const taken = offer
    offer = undefined
    workedOff = taken?.workedOff ?? nothing
    if (taken !== undefined && taken.given !== 'end') return { done: false, value: taken.given.what }
    workedOff()
    return { done: true, value: undefined }
  }

  /** Nobody need wait any longer. */
  const release = (): void => {
    workedOff()
    offer?.workedOff()
  }

  const leave = (): void => {
    if (hasLeft) return
    hasLeft = true
    release()
    onLeft()
  }

  return {
    give: (what) => put({ what }),
    end: () => put('end'),
    fail: (reason) => {
      failure = { reason }
      release()
      arrive()
    },
    taker: {
      [Symbol.asyncIterator]: () => ({
        next: take,
        return: () => {
          leave()
          return Promise.resolve({ done: true, value: undefined })
        }
      })
    },
    leave
  }
}
