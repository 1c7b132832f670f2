import { describe, expect, test } from 'vitest'
import { seconds, type Change } from '../../src/index.js'
import { changes, changeStream, type StreamInput } from '../../src/stream/index.js'
import { all, answered, lost, NINE, silentAfter, sleep, word, words } from './inputs.js'

const events = [...answered('c1'), ...lost('m1', 100), ...answered('c2', 200)]

/** A stream that counts what was asked of it; without an end it is silent after the last. */
const counted = (inputs: ReadonlyArray<StreamInput>, hasEnd = true) => {
  const seen: { asked: number; cancelled?: unknown } = { asked: 0 }
  const readable = new ReadableStream<StreamInput>(
    {
      pull: (controller) => {
        const input = inputs[seen.asked]
        seen.asked += 1
        if (input !== undefined) controller.enqueue(input)
        else if (hasEnd) controller.close()
        else return new Promise(() => undefined)
        return undefined
      },
      cancel: (reason) => {
        seen.cancelled = reason
      }
    },
    { highWaterMark: 0 }
  )
  return { seen, readable }
}

test('the changes are those of the iteration', async () => {
  for (const ticking of ['none', 'replay', 'wall'] as const) {
    const expected = await all(changes(events, { ticking, drain: true }))
    const { readable } = counted(events)
    const told = await all(readable.pipeThrough(changeStream({ ticking, drain: true })))
    if (ticking !== 'wall') expect(told).toEqual(expected)
    expect(told.map(word)).toEqual(expected.map(word))
    expect(told.length).toBe(3)
  }
})

test('it stands between other streams', async () => {
  const lines = new ReadableStream<string>({
    start: (controller) => {
      controller.enqueue(events.join('\n'))
      controller.close()
    }
  })
  const split = new TransformStream<string, string>({ transform: (text, controller) => text.split('\n').forEach((one) => controller.enqueue(one)) })
  const told: Array<string> = []
  await lines
    .pipeThrough(split)
    .pipeThrough(changeStream({ ticking: 'replay' }))
    .pipeTo(new WritableStream<Change>({ write: (change) => void told.push(word(change)) }))
  expect(told).toEqual(['registered c1/85101-c1', 'registered m1/missed', 'registered c2/85101-c2'])
})

test('a pipe holds one input, the one that is worked off, and nothing is read ahead of that', async () => {
  const { seen, readable } = counted(events)
  const reader = readable.pipeThrough(changeStream({ ticking: 'none' })).getReader()
  await sleep(20)
  expect(seen.asked).toBe(1)
  expect((await reader.read()).value?.change).toBe('registered')
  await sleep(20)
  expect(seen.asked).toBe(3)
})

test('a write is done when its changes are read and more is wanted', async () => {
  const { readable, writable } = changeStream({ ticking: 'none', drain: false })
  const [writer, reader] = [writable.getWriter(), readable.getReader()]
  const done: Array<number> = []
  const writes = answered('c1').map((text, i) => writer.write(text).then(() => done.push(i)))
  await sleep(20)
  expect(done).toEqual([])
  expect((await reader.read()).value).toMatchObject({ change: 'registered' })
  await sleep(20)
  expect(done).toEqual([0, 1])
  const [end] = await Promise.all([reader.read(), writer.close(), ...writes])
  expect(end.done).toBe(true)
  expect(done).toEqual([0, 1, 2])
})

describe('cancelling the changes ends the source, with the reason', () => {
  test('while changes come', async () => {
    const { seen, readable } = counted(events)
    const reader = readable.pipeThrough(changeStream({ ticking: 'none' })).getReader()
    await reader.read()
    await reader.cancel('enough')
    await sleep(5)
    expect(seen.cancelled).toBe('enough')
  })

  test('while a source is silent and a reader waits', async () => {
    const { seen, readable } = counted(lost('m1'), false)
    const reader = readable.pipeThrough(changeStream({ ticking: 'none' })).getReader()
    const read = reader.read()
    await sleep(10)
    await reader.cancel('enough')
    expect((await read).done).toBe(true)
    await sleep(5)
    expect(seen.cancelled).toBe('enough')
  })

  test('before anything was read', async () => {
    const { seen, readable } = counted(events)
    await readable.pipeThrough(changeStream({ ticking: 'none' })).cancel('enough')
    await sleep(5)
    expect(seen.cancelled).toBe('enough')
  })

  test('by the signal: the changes end, without a drain', async () => {
    const stop = new AbortController()
    const { seen, readable } = counted(lost('m1'), false)
    const told = words(readable.pipeThrough(changeStream({ ticking: 'replay', signal: stop.signal })))
    await sleep(10)
    stop.abort()
    expect(await told).toEqual([])
    await sleep(5)
    expect(seen.cancelled).toMatchObject({ message: 'nobody reads the changes any more' })
  })
})

describe('a source that fails fails the changes', () => {
  const broken = new Error('the line is cut')

  test('after those that it had led to', async () => {
    let sent = 0
    const source = new ReadableStream<string>({
      pull: (controller) => {
        const text = [...answered('c1'), ...lost('m1')][sent]
        sent += 1
        if (text === undefined) controller.error(broken)
        else controller.enqueue(text)
      }
    })
    const reader = source.pipeThrough(changeStream({ ticking: 'none' })).getReader()
    expect((await reader.read()).value?.change).toBe('registered')
    await expect(reader.read()).rejects.toBe(broken)
  })

  test('also while nobody reads', async () => {
    const { readable, writable } = changeStream({ ticking: 'none' })
    const writer = writable.getWriter()
    const written = writer.write(lost('m1')[0] ?? '')
    written.catch(() => undefined)
    writer.closed.catch(() => undefined)
    await sleep(5)
    await writer.abort(broken)
    await expect(readable.getReader().read()).rejects.toBe(broken)
  })
})

test('a state that cannot be saved ends both sides', async () => {
  const full = new Error('the disk is full')
  const { seen, readable } = counted(events)
  const told = words(readable.pipeThrough(changeStream({ ticking: 'none', onState: () => Promise.reject(full) })))
  await expect(told).rejects.toBe(full)
  await sleep(5)
  expect('cancelled' in seen).toBe(true)
  expect(seen.asked).toBeLessThanOrEqual(2)
})

test('a miss settles while nothing is written', async () => {
  const { readable } = counted(lost('m1'), false)
  const reader = readable.pipeThrough(changeStream({ ticking: 'wall', config: { settle: seconds(0.1) } })).getReader()
  expect((await reader.read()).value).toMatchObject({ change: 'registered', record: { kind: 'missed' } })
  await reader.cancel()
})

test('an iteration takes a web stream as its source, and cancels it', async () => {
  const { seen, readable } = counted([...events, { tick: NINE }], false)
  for await (const _ of changes(readable, { ticking: 'none' })) break
  expect('cancelled' in seen).toBe(true)
  const { source } = silentAfter(...events)
  expect(source).toBeDefined()
})
