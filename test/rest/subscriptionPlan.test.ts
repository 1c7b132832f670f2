import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inMemorySubscriptions, outcome, type Extension, type Subscription, type Subscriptions } from '../../src/ports/index.js'
import { subscribing, subscriptionPlan, subscriptionsOf, type SubscriptionPlan, type SubscriptionState, type SubscriptionStep } from '../../src/rest/index.js'

const URL_OF_OURS = 'https://crm.example/hook?pbx=north&secret=new'

const phone: Extension = { id: '85219', name: '453*102', type: 'phone' }
const queue: Extension = { id: '96857', name: '453*887', type: 'queue' }
const ivr: Extension = { id: '96800', name: '453*800', type: 'ivr' }
const fax: Extension = { id: '96801', name: '453*801', type: 'fax' }
const odd: Extension = { id: '96999', name: '453*999' }

const planned = (state: Partial<SubscriptionState>): SubscriptionPlan => {
  const plan = subscriptionPlan({ extensions: [phone, queue, ivr, fax, odd], rows: [], url: URL_OF_OURS, ...state })
  return plan._tag === 'Right' ? plan.right : expect.fail(plan.left.reason)
}

const carriedOut = async (port: Subscriptions, plan: SubscriptionPlan): Promise<ReadonlyArray<SubscriptionStep>> => {
  const steps: Array<SubscriptionStep> = []
  for await (const step of subscribing(port)(plan)) steps.push(step)
  return steps
}

const row = (id: number, { id: extensionId }: Extension, event: string, url: string, method?: string): Subscription => ({
  id: `r${id}`, extensionId, event, url, ...(method === undefined ? {} : { method })
})

describe('a plan', () => {
  test('subscribes each extension to what its type has, and says its type in the URL', () => {
    expect(planned({}).add.map(({ extensionId, event, url, method }) => [extensionId, event, url, method])).toEqual([
      ...['dial-in', 'dial-out', 'answer', 'hangup'].map((event) => ['85219', event, 'https://crm.example/hook?pbx=north&secret=new&ExtType=phone', 'POST']),
      ...['dial-in', 'hangup'].map((event) => ['96857', event, 'https://crm.example/hook?pbx=north&secret=new&ExtType=queue', 'POST']),
      ...['dial-in', 'hangup'].map((event) => ['96800', event, 'https://crm.example/hook?pbx=north&secret=new&ExtType=ivr', 'POST'])
    ])
  })

  const there = (url: string, event = 'hangup', method = 'POST') => planned({ extensions: [queue], rows: [row(1, queue, event, url, method)] })

  test('keeps a row that will do, in whatever order its fields stand and however they are encoded', () => {
    for (const url of ['https://crm.example/hook?pbx=north&secret=new&ExtType=queue', 'HTTPS://CRM.example:443/hook?ExtType=queue&secret=n%65w&pbx=north']) {
      expect(there(url)).toMatchObject({ keep: [{ id: 'r1' }], remove: [], add: [{ event: 'dial-in' }] })
    }
  })

  test('replaces ours with another secret, type or method, and removes those of a kind that is not wanted', () => {
    for (const url of ['https://crm.example/hook?pbx=north&secret=old&ExtType=queue', 'https://crm.example/hook?pbx=north', 'https://crm.example/hook?pbx=north&secret=new&ExtType=phone']) {
      expect(there(url)).toMatchObject({ keep: [], remove: [{ id: 'r1' }], add: [{ event: 'dial-in' }, { event: 'hangup' }] })
    }
    expect(there('https://crm.example/hook?pbx=north&secret=new&ExtType=queue', 'hangup', 'GET')).toMatchObject({ remove: [{ id: 'r1' }] })
    expect(there('https://crm.example/hook?pbx=north&secret=new&ExtType=queue', 'answer')).toMatchObject({ remove: [{ id: 'r1' }] })
  })

  test('takes another scheme, host, port, path or field for somebody else\'s, and what is no URL', () => {
    for (const url of [
      'http://crm.example/hook?pbx=north&secret=new', 'https://other.example/hook?pbx=north&secret=new', 'https://crm.example:8443/hook?pbx=north&secret=new',
      'https://crm.example/hook/?pbx=north&secret=new', 'https://crm.example/hook?pbx=south&secret=new', 'https://crm.example/hook?secret=new',
      'https://crm.example/hook?pbx=north&pbx=north', 'https://me@crm.example/hook?pbx=north', '', 'hook', 'ftp://crm.example/hook?pbx=north'
    ]) expect(there(url)).toMatchObject({ foreign: [{ id: 'r1' }], remove: [], keep: [] })
  })

  test('leaves what it does not speak of: other kinds of events, and extensions of unknown type', () => {
    const rows = [row(1, queue, 'voicemail', URL_OF_OURS), row(2, odd, 'hangup', URL_OF_OURS)]
    expect(planned({ rows }).keep).toEqual(rows)
    expect(planned({ rows, extensions: [] }).remove).toEqual(rows)
  })

  test('a URL that is none is refused, and not shown', () => {
    for (const url of ['', 'crm.example/hook?secret=hush', 'ftp://crm.example/?secret=hush', 'https://me:hush@crm.example/']) {
      const refused = subscriptionPlan({ extensions: [], rows: [], url })
      expect(refused).toMatchObject({ left: { kind: 'invalid', field: 'url' } })
      expect(JSON.stringify(refused)).not.toContain('hush')
    }
  })
})

const urls = fc.constantFrom(
  URL_OF_OURS, `${URL_OF_OURS}&ExtType=phone`, `${URL_OF_OURS}&ExtType=queue`, 'https://crm.example/hook?secret=old&pbx=north&ExtType=phone',
  'https://crm.example/hook?secret=new', 'https://other.example/hook?secret=new', 'https://crm.example/', 'nothing'
)
const extensionArb = fc.constantFrom(phone, queue, ivr, fax, odd)
const rowsArb = fc
  .array(fc.tuple(extensionArb, fc.constantFrom('dial-in', 'dial-out', 'answer', 'hangup', 'voicemail'), urls, fc.constantFrom('GET', 'POST', undefined)), { maxLength: 25 })
  .map((rows) => rows.map(([extension, event, url, method], i) => row(i, extension, event, url, method)))
const isForeign = ({ url }: Subscription): boolean => !/^https:\/\/crm\.example\/hook\?(?=.*pbx=north)/.test(url)
const wantedArb = fc.uniqueArray(extensionArb)

describe('carrying a plan out', () => {
  test('leaves nothing to do, and never touches what is somebody else\'s', async () => {
    await fc.assert(
      fc.asyncProperty(rowsArb, wantedArb, async (rows, extensions) => {
        const pbx = inMemorySubscriptions(rows)
        const first = planned({ extensions, rows })
        expect(first.foreign).toEqual(rows.filter(isForeign))
        const steps = await carriedOut(pbx, first)
        expect(steps.map(({ step }) => step).sort()).toEqual([...first.add.map(() => 'added'), ...first.remove.map(() => 'removed')])
        const second = planned({ extensions, rows: pbx.rows() })
        expect([second.add, second.remove]).toEqual([[], []])
        expect(pbx.rows().filter(isForeign)).toEqual(rows.filter(isForeign))
      })
    )
  })

  test('where nothing is wanted it removes exactly what is ours', async () => {
    await fc.assert(
      fc.asyncProperty(rowsArb, async (rows) => {
        const pbx = inMemorySubscriptions(rows)
        await carriedOut(pbx, planned({ extensions: [], rows }))
        expect(pbx.rows()).toEqual(rows.filter(isForeign))
      })
    )
  })

  test('with little room, or with failures now and then, what it tells is what is there, and the next run does the rest', async () => {
    await fc.assert(
      fc.asyncProperty(rowsArb, fc.nat({ max: 30 }), fc.array(fc.constantFrom('good', 'refused', 'lost', 'lost before'), { maxLength: 30 }), async (rows, room, fates) => {
        const pbx = inMemorySubscriptions(rows, room)
        const state = { extensions: [phone, queue, ivr] }
        const ours = (all: ReadonlyArray<Subscription>) => all.filter((one) => !isForeign(one))
        let asked = 0
        const moody: Subscriptions = {
          ...pbx,
          add: (wanted) => async () => {
            const fate = fates[asked++] ?? 'good'
            if (fate === 'refused') return { _tag: 'Left', left: { kind: 'refused', reason: 'no' } }
            const answer = fate === 'lost before' ? undefined : await pbx.add(wanted)()
            const lost = fate === 'lost before' || (fate === 'lost' && answer?._tag === 'Right')
            return lost || answer === undefined ? { _tag: 'Left', left: { kind: 'perhaps-added', because: { kind: 'unavailable', reason: 'no' } } } : answer
          }
        }
        const plan = planned({ ...state, rows })
        const steps = await carriedOut(moody, plan)
        expect(steps.filter(({ step }) => step.endsWith('added'))).toHaveLength(plan.add.length)
        expect(steps.filter(({ step }) => step.endsWith('removed'))).toHaveLength(plan.remove.length)
        expect(pbx.rows().filter(isForeign)).toEqual(rows.filter(isForeign))
        // what is told as not there is not there, and the other way round; nothing is there twice
        const after = planned({ ...state, rows: pbx.rows() })
        expect(after.add).toEqual(steps.flatMap((step) => (step.step === 'not-added' ? [step.wanted] : [])))
        await carriedOut(inMemorySubscriptions(pbx.rows()), after)
        expect(ours(pbx.rows()).filter(({ id }) => !id.startsWith('r'))).toHaveLength(plan.add.length - after.add.length)
      })
    )
  })

  test('an extension that is gone has no rows, and says so where one was to be added', async () => {
    const pbx = inMemorySubscriptions([])
    const gone: Subscriptions = {
      ...pbx,
      list: (extensionId) => () => Promise.resolve({ _tag: 'Left', left: { kind: 'unknown-extension', extensionId } }),
      add: ({ extensionId }) => () => Promise.resolve({ _tag: 'Left', left: { kind: 'unknown-extension', extensionId } })
    }
    expect(await outcome(subscriptionsOf(gone)([queue]))).toEqual({ ok: true, value: [] })
    expect(await carriedOut(gone, planned({ extensions: [queue] }))).toMatchObject([1, 2].map(() => ({ step: 'not-added', error: { kind: 'unknown-extension' } })))
  })

  test('ends at an error that the rest would share, without asking again', async () => {
    const pbx = inMemorySubscriptions([row(1, queue, 'answer', URL_OF_OURS)])
    let asked = 0
    const limited: Subscriptions = {
      ...pbx,
      add: () => () => {
        asked++
        return Promise.resolve({ _tag: 'Left', left: { kind: 'rate-limited', reason: 'slow down' } })
      }
    }
    const steps = await carriedOut(limited, planned({ extensions: [phone], rows: pbx.rows() }))
    expect(steps.map(({ step }) => step)).toEqual(['removed', ...[1, 2, 3, 4].map(() => 'not-added')])
    expect(asked).toBe(1)
  })

  test('a row whose replacement is refused stays', async () => {
    const pbx = inMemorySubscriptions([row(1, queue, 'hangup', 'https://crm.example/hook?pbx=north&secret=old')])
    const strict: Subscriptions = { ...pbx, add: () => () => Promise.resolve({ _tag: 'Left', left: { kind: 'refused', reason: 'no' } }) }
    const steps = await carriedOut(strict, planned({ extensions: [queue], rows: pbx.rows() }))
    expect(steps.map(({ step }) => step)).toEqual(['not-added', 'not-added', 'not-removed'])
    expect(pbx.rows()).toHaveLength(1)
  })

  test('a full PBX takes a new secret all the same, row by row', async () => {
    const rows = ['dial-in', 'hangup'].map((event, i) => row(i, queue, event, 'https://crm.example/hook?pbx=north&secret=old&ExtType=queue'))
    const pbx = inMemorySubscriptions(rows, 2)
    const steps = await carriedOut(pbx, planned({ extensions: [queue], rows }))
    expect(steps.map(({ step }) => step)).toEqual(['removed', 'added', 'removed', 'added'])
    expect(planned({ extensions: [queue], rows: pbx.rows() })).toMatchObject({ add: [], remove: [] })
  })
})
