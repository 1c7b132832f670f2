import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { after } from '../../src/platform/timer.js'
import { pause, waitFor } from '../../src/platform/waiting.js'

/** A signal that counts who listens. */
const counted = () => {
  const listeners = new Set<() => void>()
  let aborted = false
  return {
    signal: {
      get aborted() {
        return aborted
      },
      addEventListener: (_: 'abort', listener: () => void) => void listeners.add(listener),
      removeEventListener: (_: 'abort', listener: () => void) => void listeners.delete(listener)
    },
    listening: () => listeners.size,
    abort: () => {
      aborted = true
      for (const listener of listeners) listener()
    }
  }
}

const never = new Promise<never>(() => undefined)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a wait', () => {
  test('ends with the work, and leaves no timer and no listener behind', async () => {
    const { signal, listening } = counted()
    const waited = waitFor(Promise.resolve(7), { within: 1_000_000, signal })
    expect([vi.getTimerCount(), listening()]).toEqual([1, 1])
    expect(await waited).toEqual({ done: 7 })
    expect([vi.getTimerCount(), listening()]).toEqual([0, 0])
  })

  test('ends with what the work throws, likewise', async () => {
    const { signal, listening } = counted()
    await expect(waitFor(Promise.reject(new Error('x')), { within: 1_000_000, signal })).rejects.toThrow('x')
    expect([vi.getTimerCount(), listening()]).toEqual([0, 0])
  })

  test('ends with its time, and ends the work', async () => {
    const onInterrupted = vi.fn()
    const waited = waitFor(never, { within: 2_500_000, onInterrupted })
    await vi.advanceTimersByTimeAsync(2_499)
    expect(onInterrupted).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(await waited).toEqual({ interrupted: 'timed-out' })
    expect(onInterrupted).toHaveBeenCalledOnce()
  })

  test('ends with the signal, one that was aborted before too, and leaves no timer behind', async () => {
    for (const before of [true, false]) {
      const { signal, abort, listening } = counted()
      if (before) abort()
      const waited = waitFor(never, { within: 1_000_000, signal })
      if (!before) abort()
      expect(await waited).toEqual({ interrupted: 'cancelled' })
      expect([vi.getTimerCount(), listening()]).toEqual([0, 0])
    }
  })
})

describe('a pause', () => {
  test('is so long', async () => {
    const paused = pause(200_000, undefined)
    await vi.advanceTimersByTimeAsync(200)
    expect(await paused).toBe(true)
  })

  test('ends with the signal, and leaves no timer behind', async () => {
    const { signal, abort } = counted()
    const paused = pause(200_000, signal)
    abort()
    expect(await paused).toBe(false)
    expect(vi.getTimerCount()).toBe(0)
  })
})

test('a timer beyond what runtimes can count does not fire at once', async () => {
  const run = vi.fn()
  const callOff = after(1e12, run)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(run).not.toHaveBeenCalled()
  callOff()
  expect(vi.getTimerCount()).toBe(0)
})
