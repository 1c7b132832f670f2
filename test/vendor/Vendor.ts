/*
 * The vendor's REST API on the loopback, as its documentation describes it: what an application can be tried
 * out against without a PBX. It can be told to misbehave.
 */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eventRows, type VendorRow } from './eventRows.js'
import { sayIt, type Answer, type Misbehaviour, type Resource } from './misbehaviour.js'

/** A call that the stand-in was asked to place. */
export interface PlacedByVendor {
  /** In upper case, as the vendor's API gives it. */
  readonly callId: string
  readonly extension: VendorExtension
  readonly body: { readonly src_num: ReadonlyArray<string>; readonly dst_num: string } & Readonly<Record<string, unknown>>
}

export interface VendorExtension {
  readonly id: number
  readonly name: string
  readonly type: string
  readonly label?: string
}

export interface VendorContents {
  readonly clientId?: string
  readonly clientSecret?: string
  readonly extensions?: ReadonlyArray<VendorExtension>
  /** By CallID in upper case. */
  readonly calls?: Readonly<Record<string, unknown>>
  /** The list of calls, in the order in which they began. */
  readonly list?: ReadonlyArray<Readonly<Record<string, unknown>>>
  /** How the list is paged; `time`: it knows no pages, and gives the first so many of the range. Default: by page. */
  readonly paging?: 'page' | 'time'
  /** By record_uuid: the URL. */
  readonly recordings?: Readonly<Record<string, string | null>>
  /** In seconds; `null`: the answer has no `expires_in`. */
  readonly expiresIn?: number | null
  readonly pageSize?: number
  /** The subscriptions that are there already, and how many there may be in all. */
  readonly rows?: ReadonlyArray<VendorRow>
  readonly room?: number
}

export interface Received {
  readonly resource: Resource | undefined
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
  readonly body: string
}

export interface Vendor {
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
  readonly received: (resource?: Resource) => ReadonlyArray<Received>
  readonly placed: () => ReadonlyArray<PlacedByVendor>
  /** All subscriptions. */
  readonly rows: () => ReadonlyArray<VendorRow>
  /** Somebody else removes a subscription. */
  readonly vanish: (id: number) => void
  /** Each is done once, in this order, to the next request for its resource. */
  readonly misbehave: (...how: ReadonlyArray<Misbehaviour>) => void
  /** No token that was handed out so far is good any more. */
  readonly forgetTokens: () => void
  readonly tokens: () => ReadonlyArray<string>
  readonly close: () => Promise<void>
}

const RESOURCES: ReadonlyArray<readonly [Resource, RegExp]> = [
  ['token', /^\/oauth\/token$/],
  ['callback', /^\/api\/ver1\.0\/extension\/([^/]+)\/callback\/$/],
  ['record', /^\/api\/ver1\.0\/client\/@me\/record\/([^/]+)\/storage_url\/$/],
  ['history-list', /^\/api\/ver1\.0\/client\/@me\/call_history\/\?(.*)$/],
  ['history', /^\/api\/ver1\.0\/client\/@me\/call_history\/([^/]+)$/],
  ['event', /^\/api\/ver1\.0\/extension\/([^/]+\/event\/(?:\d+$|\?page=\d+$|$))/],
  ['extension', /^\/api\/ver1\.0\/client\/@me\/extension\/(?:\?page=(\d+))?$/]
]

const problem = (status: number, message: string): Answer => ({ status, body: { message } })

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Array<Uint8Array> = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

const isCallbackBody = (body: unknown): body is PlacedByVendor['body'] =>
  typeof body === 'object' &&
  body !== null &&
  'src_num' in body &&
  Array.isArray(body.src_num) &&
  body.src_num.every((number) => typeof number === 'string') &&
  'dst_num' in body &&
  typeof body.dst_num === 'string'

export const startVendor = async (contents: VendorContents = {}): Promise<Vendor> => {
  const { clientId = 'app-1', clientSecret = 's3cr3t+/=&"ключ', extensions = [], calls = {}, list = [], paging = 'page', recordings = {}, expiresIn = 3600, pageSize = 20 } = contents
  const events = eventRows(contents.rows ?? [], contents.room ?? Infinity, pageSize)
  const received: Array<Received> = []
  const placed: Array<PlacedByVendor> = []
  const issued: Array<string> = []
  let good = new Set<string>()
  let planned: ReadonlyArray<Misbehaviour> = []

  const token = (body: string): Answer => {
    const form = new URLSearchParams(body)
    if (form.get('grant_type') !== 'client_credentials') return problem(400, 'unsupported grant_type')
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) {
      return problem(401, `Invalid client_secret ${form.get('client_secret') ?? ''}`)
    }
    const access_token = `token-${issued.length + 1}-${clientId}`
    issued.push(access_token)
    good.add(access_token)
    return { status: 200, body: { access_token, token_type: 'Bearer', ...(expiresIn === null ? {} : { expires_in: expiresIn }) } }
  }

  const callback = (id: string, text: string): Answer => {
    const extension = extensions.find((candidate) => String(candidate.id) === id)
    if (extension === undefined) return problem(404, 'Extension not found')
    const body: unknown = JSON.parse(text)
    if (!isCallbackBody(body)) return problem(400, 'src_num and dst_num are required')
    const callId = (placed.length + 0xb51).toString(16).padStart(32, '0').toUpperCase()
    placed.push({ callId, extension, body })
    return { status: 201, body: { call_api_id: `3584709739-${callId}`, call_id: callId } }
  }

  /** `2026-05-28 20:38:06`, with or without a fraction: as texts they stand in the order of time. */
  const listed = (query: URLSearchParams): Answer => {
    const [start, end] = [query.get('start_datetime'), query.get('end_datetime')]
    const isTime = (text: string | null): text is string => text !== null && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)
    if (!isTime(start) || !isTime(end) || query.get('order') !== 'asc') return problem(400, 'start_datetime, end_datetime: YYYY-MM-DD HH:MM:SS')
    const within = list.filter(({ init_time_gmt: at }) => typeof at !== 'string' || (at >= start && at.slice(0, 19) <= end))
    const page = paging === 'page' ? Number(query.get('page') ?? 1) : 1
    const size = Math.min(pageSize, Number(query.get('per_page') ?? pageSize))
    const call_history = within.slice((page - 1) * size, page * size)
    return { status: 200, body: paging === 'page' ? { page, per_page: size, order: 'asc', call_history } : { order: 'asc', call_history } }
  }

  const answer = (resource: Resource | undefined, part: string, { method, headers, body }: Received): Answer => {
    if (!String(headers['accept-encoding'] ?? '').includes('gzip')) return problem(406, 'Accept-Encoding: gzip is mandatory')
    if (resource === 'token') return token(body)
    const bearer = String(headers.authorization ?? '').replace(/^Bearer /, '')
    if (!good.has(bearer)) return problem(401, `The access token ${bearer} is not valid`)
    switch (resource) {
      case 'callback':
        return callback(part, body)
      case 'record': {
        const url = recordings[part]
        return url === undefined ? problem(404, 'Record not found') : { status: 200, body: { record_url: url } }
      }
      case 'history-list':
        return listed(new URLSearchParams(part))
      case 'history':
        return calls[part] === undefined ? problem(404, 'Call not found') : { status: 200, body: calls[part] }
      case 'extension': {
        const page = Number(part || 1)
        return { status: 200, body: extensions.slice((page - 1) * pageSize, page * pageSize) }
      }
      case 'event': {
        const [id = '', , rest = ''] = part.split('/')
        const extension = extensions.find((candidate) => String(candidate.id) === id)
        if (extension === undefined) return problem(404, 'Extension not found')
        const page = Number(/^\?page=(\d+)$/.exec(rest)?.[1] ?? 1)
        return events.answer(method, extension, /^\d+$/.test(rest) ? rest : undefined, page, body)
      }
      case undefined:
        return problem(404, 'Not found')
    }
  }

  const server = createServer((request, response) => {
    void (async () => {
      const path = request.url ?? ''
      const [resource, pattern] = RESOURCES.find(([, candidate]) => candidate.test(path)) ?? []
      const asked: Received = { resource, method: request.method ?? '', path, headers: request.headers, body: await bodyOf(request) }
      received.push(asked)
      const next = planned.findIndex(({ on }) => on === resource)
      const how = planned[next]
      planned = planned.filter((_, i) => i !== next)
      if (how !== undefined && 'instead' in how) return sayIt(how.instead, response)
      const right = answer(resource, pattern?.exec(path)?.[1] ?? '', asked)
      return how === undefined ? sayIt(right, response) : how.say(right, response)
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}`,
    clientId,
    clientSecret,
    received: (resource) => received.filter((one) => resource === undefined || one.resource === resource),
    placed: () => placed,
    rows: events.rows,
    vanish: events.vanish,
    misbehave: (...how) => {
      planned = [...planned, ...how]
    },
    forgetTokens: () => {
      good = new Set()
    },
    tokens: () => issued,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}
