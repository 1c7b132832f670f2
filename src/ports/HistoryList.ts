import type { EpochMicros } from '../event/time.js'
import type { AccessError } from './AccessError.js'
import type { CallHistory } from './History.js'
import type { Outcome, Port, PortOptions } from './Port.js'

/**
 * Which calls of the history are asked for: those that began from `since` on and before `until`.
 *
 * @since 0.1.0
 * @category history
 */
export interface HistoryRange {
  /** From then on: microseconds since 1970. */
  readonly since: EpochMicros
  /** Until then: microseconds since 1970. */
  readonly until: EpochMicros
  /** Where to go on, as the `next` of a page has it. */
  readonly page?: number
  /** The CallIDs of the page before, which may come again. */
  readonly seen?: ReadonlyArray<string>
}

/**
 * Something in the history that could not be read; the rest was.
 *
 * @since 0.1.0
 * @category history
 */
export interface HistoryProblem {
  /** Of which call; absent, if that could not be read. */
  readonly callId?: string
  /** What is wrong, for a person. */
  readonly reason: string
}

/**
 * The sentence for a person.
 *
 * @example
 * import { historyProblemMessage } from 'call-legs'
 * assert.deepStrictEqual(
 *   historyProblemMessage({ callId: 'ab12', reason: 'hangup_time_gmt is not a time as YYYY-MM-DD HH:MM:SS' }),
 *   'the history of the call ab12: hangup_time_gmt is not a time as YYYY-MM-DD HH:MM:SS'
 * )
 *
 * @since 0.1.0
 * @category history
 */
export const historyProblemMessage = ({ callId, reason }: HistoryProblem): string =>
  `the history of ${callId === undefined ? 'a call' : `the call ${callId}`}: ${reason}`

/**
 * Some calls of the history, in the order in which they began.
 *
 * @since 0.1.0
 * @category history
 */
export interface HistoryPage {
  /** The calls that could be read. */
  readonly calls: ReadonlyArray<CallHistory>
  /** What could not be read, and why. */
  readonly problems: ReadonlyArray<HistoryProblem>
  /** What to ask for next; absent: this was the last page. */
  readonly next?: HistoryRange
}

/**
 * The call history as a list, a page at a time.
 *
 * @since 0.1.0
 * @category history
 */
export type HistoryListPort = Port<HistoryRange, AccessError, HistoryPage>

async function* pagesOf(port: HistoryListPort, range: HistoryRange, options: PortOptions): AsyncGenerator<Outcome<AccessError, HistoryPage>, void, undefined> {
  let next: HistoryRange | undefined = range
  while (next !== undefined) {
    const page = await port(next, options)()
    if (page._tag === 'Left') return yield { ok: false, error: page.left }
    yield { ok: true, value: page.right }
    next = page.right.next
  }
}

/**
 * All pages of a range, one request after the other; ends with the first error. Whatever was told before stands:
 * go on with the `next` of the last page.
 *
 * @example
 * import { historyPages, inMemoryHistoryList } from 'call-legs'
 * const port = inMemoryHistoryList([{ callId: 'ab12', startedAt: 1_780_000_686_000_000, legs: [] }])
 * const found: Array<string> = []
 * for await (const page of historyPages(port, { since: 1_780_000_000_000_000, until: 1_780_001_000_000_000 })) {
 *   if (page.ok) found.push(...page.value.calls.map(({ callId }) => callId))
 * }
 * assert.deepStrictEqual(found, ['ab12'])
 *
 * @since 0.1.0
 * @category history
 */
export const historyPages = (port: HistoryListPort, range: HistoryRange, options: PortOptions = {}): AsyncIterable<Outcome<AccessError, HistoryPage>> =>
  pagesOf(port, range, options)
