import type { WebRequest } from './WebRequest.js'

/** Why a request is not taken, and what its sender is told. */
export interface Refusal {
  readonly status: 400 | 403 | 405 | 413 | 415
  readonly reason: string
  readonly headers?: Readonly<Record<string, string>>
}

const FORM = 'application/x-www-form-urlencoded'

export const wrongMethod = ({ method }: WebRequest): Refusal | undefined =>
  method === 'GET' || method === 'POST'
    ? undefined
    : { status: 405, reason: 'an event comes by GET or POST', headers: { allow: 'GET, POST' } }

export const WRONG_SECRET: Refusal = { status: 403, reason: 'the secret is missing or wrong' }

/** Is the body in a coding that nobody has taken off? */
const isCoded = (codings: string | null, plain: string): boolean => !['', plain].includes(codings?.trim().toLowerCase() ?? '')

/** A parameter of the type, `charset` say, means nothing: a form has none, and is UTF-8. No type at all is taken for a form. */
export const wrongContent = ({ method, headers }: WebRequest): Refusal | undefined => {
  if (method === 'GET') return undefined
  if (isCoded(headers.get('content-encoding'), 'identity') || isCoded(headers.get('transfer-encoding'), 'chunked')) {
    return { status: 415, reason: 'a body comes without content coding', headers: { 'accept-encoding': 'identity' } }
  }
  const [type = ''] = (headers.get('content-type') ?? '').split(';', 1)
  return type.trim() === '' || type.trim().toLowerCase() === FORM
    ? undefined
    : { status: 415, reason: `a body is ${FORM}`, headers: { accept: FORM } }
}

export const tooLong = (maxBytes: number): Refusal => ({ status: 413, reason: `the body is longer than ${maxBytes} bytes` })

export const UNREADABLE: Refusal = { status: 400, reason: 'a GET carries an event in its query; the body is not read' }

export const BROKEN_OFF: Refusal = { status: 400, reason: 'the body broke off' }
