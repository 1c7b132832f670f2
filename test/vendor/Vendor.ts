/*
 * The vendor's REST API on the loopback, as its documentation describes it: what an application can be tried
 * out against without a PBX. It can be told to misbehave.
 */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
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
  /** By record_uuid: the URL. */
  readonly recordings?: Readonly<Record<string, string | null>>
  /** In seconds; `null`: the answer has no `expires_in`. */
  readonly expiresIn?: number | null
  readonly pageSize?: number
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
  ['history', /^\/api\/ver1\.0\/client\/@me\/call_history\/([^/]+)$/],
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
  const { clientId = 'app-1', clientSecret = 's3cr3t+/=&"ключ', extensions = [], calls = {}, recordings = {}, expiresIn = 3600, pageSize = 20 } = contents
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

  const answer = (resource: Resource | undefined, part: string, { headers, body }: Received): Answer => {
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
      case 'history':
        return calls[part] === undefined ? problem(404, 'Call not found') : { status: 200, body: calls[part] }
      case 'extension': {
        const page = Number(part || 1)
        return { status: 200, body: extensions.slice((page - 1) * pageSize, page * pageSize) }
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
