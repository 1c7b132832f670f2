import { setTimeout as sleep } from 'node:timers/promises'
import type { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Bridge } from '../Bridge.js'
import { isAway } from '../store/failures.js'
import type { Bindings } from './Bindings.js'
import { ringing, type Ringing } from './ringing.js'

/** How often it is looked for news while somebody listens, in milliseconds: other processes may share the database, so nothing can tell it. */
const EVERY = 700

/** Without news a word so often, in milliseconds, lest a proxy think the connection dead. */
const BEAT = 15_000

/** The text of an event, or that the database is away. */
interface News {
  readonly event: 'ringing' | 'away'
  readonly data: string
}

const AWAY: News = { event: 'away', data: '{}' }

/** What makes it news: the time alone does not. */
const essence = ({ holding, seq, legs, callers }: Ringing): string => JSON.stringify({ holding, seq, legs, callers })

/**
 * What happens now, as server-sent events: `ringing` with what `/api/ringing` answers, at once and whenever it is
 * another, and `away` when the database is. It is read once for all who listen, and not at all while nobody does.
 * Whoever reads slowly is sent the newest when he is ready. `ended` ends all streams.
 */
export const events = (app: Hono<Bindings>, bridge: Bridge, ended: AbortSignal): void => {
  let listeners = 0
  let version = 0
  let news: News | undefined
  let looking: Promise<void> | undefined

  const look = async (): Promise<void> => {
    let last: string | undefined
    while (listeners > 0 && !ended.aborted) {
      try {
        const now = await ringing(bridge)
        const seen = essence(now)
        if (seen !== last) news = { event: 'ringing', data: JSON.stringify(now) }
        if (seen !== last) version += 1
        last = seen
      } catch (error) {
        if (!isAway(error)) bridge.log('error', 'what happens now could not be read', {})
        if (news !== AWAY) version += 1
        news = AWAY
        last = undefined
      }
      await sleep(EVERY, undefined, { signal: ended }).catch(() => undefined)
    }
    news = undefined
    looking = undefined
  }

  app.get('/api/events', (c) =>
    streamSSE(c, async (stream) => {
      listeners += 1
      looking ??= look()
      try {
        let [sent, at] = [-1, performance.now()]
        while (!stream.aborted && !ended.aborted) {
          if (news !== undefined && sent !== version) {
            ;[sent, at] = [version, performance.now()]
            await stream.writeSSE({ ...news })
          } else if (performance.now() - at > BEAT) {
            at = performance.now()
            await stream.write(': there\n\n')
          }
          await sleep(EVERY / 4, undefined, { signal: ended }).catch(() => undefined)
        }
      } finally {
        listeners -= 1
      }
    })
  )
}
