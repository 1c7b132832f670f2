import { parseForm } from 'call-legs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { play, type Sending } from '../../pbx/play.js'
import type { WireEvent } from '../../pbx/recording.js'

/** What a request brought, and when. */
interface Got {
  readonly method: string
  readonly fields: WireEvent
  readonly at: number
}

interface Hook {
  readonly url: string
  readonly got: ReadonlyArray<Got>
  /** The greatest number of requests that were under way at a time. */
  readonly most: () => number
}

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** A webhook that answers the n-th request with this status; with `undefined` it breaks the connection. */
const hook = (statusOf: (turn: number) => number | undefined, takes = 0): Promise<Hook> =>
  new Promise((resolve) => {
    const got: Array<Got> = []
    let open = 0
    let most = 0
    server = createServer((request, response) => {
      most = Math.max(most, ++open)
      let body = ''
      request.on('data', (chunk) => (body += String(chunk)))
      request.on('end', () => {
        const { search } = new URL(request.url ?? '', 'http://127.0.0.1')
        got.push({ method: request.method ?? '', fields: { ...parseForm(body), ...parseForm(search.slice(1)) }, at: Date.now() })
        const status = statusOf(got.length)
        setTimeout(() => {
          open -= 1
          if (status === undefined) request.socket.destroy()
          else response.writeHead(status).end('so')
        }, takes)
      })
    }).listen(0, '127.0.0.1', () => {
      const { port } = server?.address() as AddressInfo
      resolve({ url: `http://127.0.0.1:${port}/hook`, got, most: () => most })
    })
  })

const events = (count: number, how: Partial<Sending> = {}): ReadonlyArray<Sending> =>
  Array.from({ length: count }, (_, i) => ({ event: { EventType: 'answer', CallID: `${i}`, CallerIDName: 'Ромашка & Ко = 100%' }, method: 'post', ...how }))

const idsOf = (got: ReadonlyArray<Got>): ReadonlyArray<string | undefined> => got.map(({ fields }) => fields['CallID'])

describe('a PBX that plays events against a webhook', () => {
  it('sends the same fields by GET and by POST, beside the query of the address', async () => {
    const { url, got } = await hook(() => 200)
    await play({ to: `${url}?secret=s&ExtType=queue`, sendings: [...events(1), ...events(1, { method: 'get' })], concurrency: 1 })
    expect(got.map(({ method }) => method)).toEqual(['POST', 'GET'])
    const fields = { secret: 's', ExtType: 'queue', EventType: 'answer', CallID: '0', CallerIDName: 'Ромашка & Ко = 100%' }
    expect(got.map((one) => one.fields)).toEqual([fields, fields])
  })

  it('sends again what was refused or broken off, until it is answered 200', async () => {
    const { url, got } = await hook((turn) => (turn > 6 ? 200 : turn % 2 === 0 ? undefined : 500))
    const progress = await play({ to: url, sendings: events(3) })
    expect(progress).toEqual({ requests: 9, answered: 3, refused: 3, broken: 3 })
    expect(new Set(idsOf(got))).toEqual(new Set(['0', '1', '2']))
  })

  it('sends again what nobody was there to take', async () => {
    const { url } = await hook(() => 200)
    const port = Number(new URL(url).port)
    await new Promise((resolve) => server?.close(resolve))
    const playing = play({ to: url, sendings: events(5), concurrency: 2, patience: 100 })
    setTimeout(() => server?.listen(port, '127.0.0.1'), 300)
    const { answered, broken } = await playing
    expect(answered).toBe(5)
    expect(broken).toBeGreaterThan(2)
  })

  it('gives up a request that is not answered in time, and makes it again', async () => {
    const { url } = await hook(() => 200, 150)
    const { broken } = await play({ to: url, sendings: events(1), timeout: 60, signal: AbortSignal.timeout(400) })
    expect(broken).toBeGreaterThan(1)
  })

  it('has never more requests under way than it was told, and keeps the order if that is one', async () => {
    const { url, most, got } = await hook(() => 200, 5)
    await play({ to: url, sendings: events(30), concurrency: 3 })
    expect(most()).toBe(3)
    await play({ to: url, sendings: events(10), concurrency: 1 })
    expect(idsOf(got.slice(30))).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
  })

  it('as fast as answered: waits for a webhook that is away, and does not run on meanwhile', async () => {
    const { url, got } = await hook((turn) => (turn > 8 ? 200 : 500))
    await play({ to: url, sendings: events(20), concurrency: 2 })
    expect(new Set(idsOf(got.slice(0, 8)))).toEqual(new Set(['0', '1']))
  })

  it('in tempo: sends each event at its time, whatever became of those before', async () => {
    const { url, got } = await hook((turn) => (turn === 1 ? 500 : 200))
    const begun = Date.now()
    const sendings = events(3).map((sending, i) => ({ ...sending, after: i * 40 }))
    await play({ to: url, sendings, patience: 50 })
    const firstTimes = ['0', '1', '2'].map((id) => (got.find(({ fields }) => fields['CallID'] === id)?.at ?? 0) - begun)
    firstTimes.forEach((time, i) => expect(time).toBeGreaterThanOrEqual(i * 40 - 1))
    expect(got).toHaveLength(4)
  })

  it('stops when it is told to, and says what is not answered', async () => {
    const { url } = await hook(() => 500)
    const { answered, refused } = await play({ to: url, sendings: events(3), patience: 60, signal: AbortSignal.timeout(250) })
    expect(answered).toBe(0)
    expect(refused).toBeGreaterThan(3)
  })
})
