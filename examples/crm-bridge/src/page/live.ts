import { useEffect, useState } from 'preact/hooks'
import type { Ringing } from './types.js'

/** What the service last told, and whether it still tells. */
export interface Live {
  readonly state: 'connecting' | 'live' | 'away' | 'database-away'
  readonly ringing: Ringing | undefined
  /** How far the service's clock is ahead of the browser's, in milliseconds. */
  readonly ahead: number
}

/** A browser tries again by itself where the connection broke, but not where it was refused. */
const AGAIN = 5_000

export const useLive = (): Live => {
  const [live, setLive] = useState<Live>({ state: 'connecting', ringing: undefined, ahead: 0 })
  useEffect(() => {
    let source: EventSource | undefined
    let again: ReturnType<typeof setTimeout> | undefined
    const open = (): void => {
      source = new EventSource('/api/events')
      source.addEventListener('ringing', ({ data }: MessageEvent<string>) => {
        const ringing: Ringing = JSON.parse(data)
        setLive({ state: 'live', ringing, ahead: ringing.now / 1000 - Date.now() })
      })
      source.addEventListener('away', () => setLive((before) => ({ ...before, state: 'database-away' })))
      source.onerror = () => {
        setLive((before) => ({ ...before, state: 'away' }))
        if (source?.readyState === EventSource.CLOSED) again = setTimeout(open, AGAIN)
      }
    }
    open()
    return () => {
      source?.close()
      clearTimeout(again)
    }
  }, [])
  return live
}

/** The moment, in microseconds of the service's clock, once a second. */
export const useNow = (ahead: number): number => {
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return (now + ahead) * 1000
}
