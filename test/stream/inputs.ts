import type { Change, State } from '../../src/index.js'
import type { StreamInput } from '../../src/stream/index.js'

const leg = (callId: string, more: string): string => `CallID=${callId}&SubCallID=85102-${callId}&CallerIDNum=%2B79160000001&${more}`

/** A queue that a caller is lost in, at so many seconds past nine, if nobody answers. */
export const lost = (callId: string, second = 0): ReadonlyArray<string> =>
  ([['dial-in', 0, ''], ['hangup', 20, '&Bridged=no&CallStatus=ANSWER']] as const).map(
    ([kind, after, more]) => `EventType=${kind}&EventTime=${NINE + (second + after) * 1_000_000}&${leg(callId, `CallFlow=in&ExtType=queue&CalledNumber=453*887${more}`)}`
  )

/** A phone that answers in the same call, before the queue gives up: the miss is none. */
export const answered = (callId: string, second = 0): ReadonlyArray<string> =>
  ([['dial-in', 5], ['answer', 10], ['hangup', 60]] as const).map(
    ([kind, after]) => `EventType=${kind}&EventTime=${NINE + (second + after) * 1_000_000}&CallStatus=ANSWER&CallFlow=in&CalledNumber=453*101&ExtType=phone&CallID=${callId}&SubCallID=85101-${callId}&CallerIDNum=%2B79160000001`
  )

export const NINE = 1_780_466_400_000_000

/** `registered ab12/missed` */
export const word = (change: Change): string => {
  switch (change.change) {
    case 'registered':
    case 'revised':
      return `${change.change} ${change.record.id}`
    case 'retracted':
      return `retracted ${change.previous.id}`
    case 'anomaly':
      return `anomaly ${change.anomaly.kind}`
    case 'rejected':
      return `rejected ${change.error.field}`
  }
}

export const all = async (from: AsyncIterable<Change>): Promise<ReadonlyArray<Change>> => {
  const found: Array<Change> = []
  for await (const change of from) found.push(change)
  return found
}

export const words = async (from: AsyncIterable<Change>): Promise<ReadonlyArray<string>> => (await all(from)).map(word)

/** Gives these and is then silent, for ever; it counts what it was asked for, and whether it was told to end. */
export const silentAfter = <I extends StreamInput>(...inputs: ReadonlyArray<I>) => {
  const seen = { asked: 0, ended: 0 }
  const source: AsyncIterable<I> = {
    [Symbol.asyncIterator]: () => ({
      next: () => {
        const value = inputs[seen.asked]
        seen.asked += 1
        return value === undefined ? new Promise(() => undefined) : Promise.resolve({ done: false, value })
      },
      return: () => {
        seen.ended += 1
        return Promise.resolve({ done: true, value: undefined })
      }
    })
  }
  return { seen, source }
}

export const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Keeps the states that a stream hands out. */
export const keeping = () => {
  const states: Array<readonly [State, StreamInput | undefined]> = []
  return { states, onState: (state: State, input: StreamInput | undefined) => void states.push([state, input]) }
}
