import fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { correlator, decode, hours, type CallEvent, type Change } from '../../src/index.js'
import { changes, type StreamInput } from '../../src/stream/index.js'
import { bare, anomaliesOf, configArb, drained, decoded, eventInput, ledgerOf, placedInput, runs } from '../laws/run.js'
import { disorderedArb, streamArb, toForm, toJson, type WireEvent } from '../pbx/index.js'
import { all, answered, keeping, lost, NINE, silentAfter, sleep, word, words } from './inputs.js'

const eventOf = (fields: WireEvent): CallEvent | string => {
  const read = decode(fields)
  return isRight(read) && read.right.kind !== 'ignored' ? read.right : toForm(fields)
}

/** The same event in each of the shapes in which it may come. */
const SHAPES: ReadonlyArray<(fields: WireEvent) => StreamInput> = [eventOf, (fields) => fields, toForm, toJson]

const outcomeOf = (told: ReadonlyArray<Change>) => ({ ledger: bare(ledgerOf(told)), anomalies: anomaliesOf(told) })

describe('the ledger is the correlator\'s', () => {
  const disorder = streamArb({ calls: 4 }).chain(({ events, placed }) =>
    fc.record({ events: disorderedArb(events), placed: fc.constant(placed), shapes: fc.infiniteStream(fc.constantFrom(...SHAPES)) })
  )

  test('whatever the order, the repeats and the shapes of the inputs, and whether time moves or not', async () => {
    await fc.assert(
      fc.asyncProperty(configArb, disorder, fc.constantFrom('none', 'replay', 'wall'), async (config, { events, placed, shapes }, ticking) => {
        const shaped = events.map((fields) => shapes.next().value(fields))
        const source: ReadonlyArray<StreamInput> = [...placed.map((one) => ({ placed: one })), ...shaped]
        const told = await all(changes(source, { config, ticking, drain: true }))
        const expected = drained(config, [...placed.map(placedInput), ...decoded(events).map(eventInput)])
        expect(outcomeOf(told)).toEqual(outcomeOf(expected))
      }),
      runs(100)
    )
  })

  test('wherever it is cut, saved, and taken up again', async () => {
    await fc.assert(
      fc.asyncProperty(streamArb({ calls: 4 }), fc.nat(60), fc.constantFrom('none', 'replay'), async ({ events }, cut, ticking) => {
        const config = { openRetention: hours(48), closedRetention: hours(12) }
        const calls = correlator(config)
        let saved = calls.encode(calls.initial)
        const onState = (state: typeof calls.initial): void => {
          saved = calls.encode(state)
        }
        const before = await all(changes(events.slice(0, cut), { config, ticking, onState, drain: false }))
        const state = calls.decode(JSON.parse(JSON.stringify(saved)))
        const from = isRight(state) ? state.right : calls.initial
        const after = await all(changes(events.slice(cut), { config, ticking, from }))
        const unbroken = await all(changes(events, { config, ticking }))
        expect(outcomeOf([...before, ...after])).toEqual(outcomeOf(unbroken))
      }),
      runs(60)
    )
  })

  test('each iteration reads the source anew', async () => {
    const twice = changes(lost('m1'), { ticking: 'none' })
    expect(await words(twice)).toEqual(['registered m1/missed'])
    expect(await words(twice)).toEqual(['registered m1/missed'])
  })
})

describe('what goes in', () => {
  test('what cannot be decoded is a change, what is ignored is none', async () => {
    const notTyped: StreamInput = JSON.parse('null')
    const source: ReadonlyArray<StreamInput> = ['EventType=telephone', { EventType: 'voicemail' }, '{', notTyped]
    const told = await all(changes(source, { ticking: 'none' }))
    expect(told.map(word)).toEqual(['rejected EventType', 'rejected ', 'rejected '])
    expect(told[0]).toMatchObject({ raw: 'EventType=telephone', error: { field: 'EventType', value: 'telephone' } })
  })

  test('a call that the application placed, and a word of no use about one', async () => {
    const dial = `EventType=dial-out&EventTime=${NINE}&CallID=p1&SubCallID=85102-p1&CalledNumber=%2B79160000001&CallerIDNum=453*102`
    const hangup = dial.replace('dial-out', 'hangup').concat('&CallFlow=out&CallStatus=BUSY')
    const source: ReadonlyArray<StreamInput> = [{ placed: { callId: 'P1', at: NINE, context: { deal: 7 } } }, { placed: { callId: '', at: NINE } }, dial, hangup]
    const told = await all(changes(source, { ticking: 'none' }))
    expect(told.map(word)).toEqual(['rejected callId', 'registered p1/85102-p1'])
    expect(told[1]).toMatchObject({ record: { callBackId: 'p1', context: { deal: 7 } } })
  })

  test('a tick of the application\'s own: the miss settles then, not at the end', async () => {
    const at = (second: number): StreamInput => ({ tick: NINE + second * 1_000_000 })
    const source = [...lost('m1'), at(24), ...lost('m2', 100), at(25), ...answered('c3', 200)]
    expect(await words(changes(source, { ticking: 'none' }))).toEqual(['registered m1/missed', 'registered c3/85101-c3', 'registered m2/missed'])
  })

  test('a field of the wire may be called tick or placed: it is a field like any other', async () => {
    const [dial = ''] = lost('m1')
    const fields = Object.fromEntries(new URLSearchParams(`${dial}&tick=1&placed=2&parties=3`))
    const { states, onState } = keeping()
    await words(changes([fields], { ticking: 'none', drain: false, onState }))
    expect(correlator().openLegs(states[0]?.[0] ?? correlator().initial).map(({ extension }) => extension)).toEqual(['453*887'])
  })
})

describe('time, in a replay', () => {
  test('is what the events say, less the lateness', async () => {
    const source = [...lost('m1'), ...answered('c2', 100)]
    expect(await words(changes(source, { ticking: 'replay' }))).toEqual(['registered m1/missed', 'registered c2/85101-c2'])
    expect(await words(changes(source, { ticking: 'replay', lateness: hours(1) }))).toEqual(['registered c2/85101-c2', 'registered m1/missed'])
    expect(await words(changes(source, { ticking: 'none' }))).toEqual(['registered c2/85101-c2', 'registered m1/missed'])
  })
})

describe('the end', () => {
  test('of a source is the end of time in a replay, and not for a live service', async () => {
    expect(await words(changes(lost('m1'), { ticking: 'replay' }))).toEqual(['registered m1/missed'])
    expect(await words(changes(lost('m1'), { ticking: 'wall' }))).toEqual([])
    expect(await words(changes(lost('m1'), { ticking: 'wall', drain: true }))).toEqual(['registered m1/missed'])
    expect(await words(changes(lost('m1'), { ticking: 'none', drain: false }))).toEqual([])
  })

  test('by the consumer: nothing is drained, and the source has tidied up before it goes on', async () => {
    const log: Array<string> = []
    async function* source() {
      try {
        yield* [...answered('c1'), ...lost('m1')]
      } finally {
        await sleep(20)
        log.push('tidied up')
      }
    }
    for await (const change of changes(source(), { ticking: 'none' })) {
      log.push(word(change))
      break
    }
    log.push('gone on')
    expect(log).toEqual(['registered c1/85101-c1', 'tidied up', 'gone on'])
  })

  test('a plain iterable is told as well', async () => {
    let ended = false
    function* source() {
      try {
        yield* answered('c1')
        yield* lost('m1')
      } finally {
        ended = true
      }
    }
    for await (const _ of changes(source(), { ticking: 'none' })) break
    expect(ended).toBe(true)
  })

  test('of a source that is silent, by `return`, which need not wait for it', async () => {
    const { seen, source } = silentAfter(...lost('m1'))
    const iterator = changes(source, { ticking: 'replay' })[Symbol.asyncIterator]()
    const next = iterator.next()
    await sleep(20)
    expect(await iterator.return?.()).toEqual({ done: true, value: undefined })
    expect(await next).toEqual({ done: true, value: undefined })
    expect(seen).toEqual({ asked: 3, ended: 1 })
    expect(await iterator.next()).toEqual({ done: true, value: undefined })
    expect(seen.asked).toBe(3)
  })

  test('by the signal: no error, no drain', async () => {
    const { seen, source } = silentAfter(...lost('m1'))
    const stop = new AbortController()
    const told = words(changes(source, { ticking: 'replay', signal: stop.signal }))
    await sleep(20)
    stop.abort()
    expect(await told).toEqual([])
    expect(seen).toEqual({ asked: 3, ended: 1 })
  })

  test('by the signal while the consumer is busy: the source is told at once', async () => {
    const { seen, source } = silentAfter(...answered('c1'), ...lost('m1'))
    const stop = new AbortController()
    for await (const _ of changes(source, { ticking: 'replay', signal: stop.signal })) {
      stop.abort()
      expect(seen.ended).toBe(1)
    }
    expect(seen).toEqual({ asked: 3, ended: 1 })
  })

  test('before the beginning: the source is left alone', async () => {
    const { seen, source } = silentAfter(...lost('m1'))
    expect(await words(changes(source, { ticking: 'replay', signal: AbortSignal.abort() }))).toEqual([])
    await changes(source, { ticking: 'replay' })[Symbol.asyncIterator]().return?.()
    expect(seen).toEqual({ asked: 0, ended: 0 })
  })

  test('of a source that throws: what it threw, after the changes until then, and no drain', async () => {
    const broken = new Error('the file is broken')
    async function* later() {
      yield* answered('c1')
      yield* lost('m1')
      await sleep(1)
      throw broken
    }
    const atOnce: Iterable<string> = { [Symbol.iterator]: () => ({ next: () => { throw broken } }) }
    for (const [source, expected] of [[later(), ['registered c1/85101-c1']], [atOnce, []]] as const) {
      const told: Array<string> = []
      const run = async (): Promise<void> => {
        for await (const change of changes(source, { ticking: 'none' })) told.push(word(change))
      }
      await expect(run()).rejects.toBe(broken)
      expect(told).toEqual(expected)
    }
  })

  test('a source that is over, or has thrown, is not told to end; and the signal is let go of', async () => {
    const listeners = new Set<unknown>()
    const signal = {
      aborted: false,
      addEventListener: (_: 'abort', listener: () => void) => void listeners.add(listener),
      removeEventListener: (_: 'abort', listener: () => void) => void listeners.delete(listener)
    }
    for (const last of [() => Promise.resolve({ done: true, value: undefined } as const), () => Promise.reject(new Error('broken'))]) {
      let told = false
      const source: AsyncIterable<string> = {
        [Symbol.asyncIterator]: () => ({
          next: last,
          return: () => {
            told = true
            return Promise.resolve({ done: true, value: undefined })
          }
        })
      }
      const run = words(changes(source, { ticking: 'none', signal }))
      expect(listeners.size).toBe(1)
      await run.catch(() => undefined)
      expect([told, listeners.size]).toEqual([false, 0])
    }
  })

  test('a source that cannot tidy up says so', async () => {
    const broken = new Error('cannot close')
    const given = answered('c1')[Symbol.iterator]()
    const failing: AsyncIterable<string> = {
      [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve(given.next()), return: () => Promise.reject(broken) })
    }
    const run = async (): Promise<void> => {
      for await (const _ of changes(failing, { ticking: 'none' })) break
    }
    await expect(run()).rejects.toBe(broken)
  })
})

describe('back-pressure', () => {
  test('nothing is asked for before the changes of the last are taken', async () => {
    const source = silentAfter(...answered('c1'), ...answered('c2', 100), ...answered('c3', 200))
    const asked: Array<number> = []
    for await (const _ of changes(source.source, { ticking: 'none' })) {
      await sleep(10)
      asked.push(source.seen.asked)
      if (asked.length === 3) break
    }
    expect(asked).toEqual([3, 6, 9])
  })

  test('nothing at all is asked for before the first change is wanted', async () => {
    const { seen, source } = silentAfter(...answered('c1'))
    changes(source, { ticking: 'wall' })[Symbol.asyncIterator]()
    await sleep(10)
    expect(seen.asked).toBe(0)
  })
})

describe('the state', () => {
  test('comes after each input, once its changes have been taken and before the next is asked for', async () => {
    const log: Array<string> = []
    const { seen, source } = silentAfter(...answered('c1'), 'EventType=voicemail')
    const stop = new AbortController()
    const onState = async (_: unknown, input: string | undefined): Promise<void> => {
      await sleep(5)
      log.push(`state after ${/=([a-z-]+)/.exec(input ?? '')?.[1] ?? 'nothing'}, asked ${seen.asked}`)
      if (seen.asked === 4) stop.abort()
    }
    for await (const change of changes(source, { ticking: 'none', onState, signal: stop.signal })) {
      await sleep(5)
      log.push(word(change))
    }
    expect(log).toEqual([
      'state after dial-in, asked 1',
      'state after answer, asked 2',
      'registered c1/85101-c1',
      'state after hangup, asked 3',
      'state after voicemail, asked 4'
    ])
  })

  test('after the drain holds nothing', async () => {
    const { states, onState } = keeping()
    await words(changes(lost('m1'), { ticking: 'none', onState }))
    expect(states.length).toBe(3)
    expect(correlator().encode(states[2]?.[0] ?? correlator().initial)).toEqual({ v: 2, held: [], gone: [] })
  })

  test('that is not taken in time comes again: the same changes, the same revisions', async () => {
    const source = [...answered('c1'), ...lost('m1')]
    const { states, onState } = keeping()
    const told: Array<Change> = []
    for await (const change of changes(source, { ticking: 'none', onState })) {
      told.push(change)
      break
    }
    // the consumer stopped in the middle of the third input: the state of the second is the last
    expect(states.length).toBe(2)
    const from = states[1]?.[0] ?? correlator().initial
    expect((await all(changes(source.slice(2), { ticking: 'none', from })))[0]).toEqual(told[0])
  })

  test('that cannot be saved ends the stream', async () => {
    const { seen, source } = silentAfter(...lost('m1'))
    const full = new Error('the disk is full')
    await expect(words(changes(source, { ticking: 'none', onState: () => Promise.reject(full) }))).rejects.toBe(full)
    expect(seen).toEqual({ asked: 1, ended: 1 })
  })
})
