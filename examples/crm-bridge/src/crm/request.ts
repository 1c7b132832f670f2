import { setTimeout as sleep } from 'node:timers/promises'
import type { Delivered } from './Crm.js'

/** The CRM said something in JSON (`body` is undefined if it had nothing to say), or there is nothing to be had from it now. */
export type Answer = { readonly kind: 'answer'; readonly status: number; readonly body: unknown } | Extract<Delivered, { readonly kind: 'away' }>

/** One request. `reads`: it changes nothing, so that its failure leaves no doubt. */
export interface Asked {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly reads?: boolean
  /** Whoever repeats it in an answer is not quoted with it. */
  readonly secret: string
  readonly signal: AbortSignal
}

export type Ask = (asked: Asked) => Promise<Answer>

/** These say that no request was sent. */
const NEVER_SENT: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

const codeIn = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return ''
  if ('cause' in error && error.cause !== undefined) return codeIn(error.cause)
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** Seconds, or a date. */
const waitIn = (header: string | null): number | undefined => {
  if (header === null) return undefined
  const at = /^\d+(\.\d+)?$/.test(header) ? Date.now() + Number(header) * 1000 : Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now())
}

const parsed = (text: string): { readonly json: unknown } | undefined => {
  if (text.trim() === '') return { json: undefined }
  try {
    const json: unknown = JSON.parse(text)
    return { json }
  } catch {
    return undefined
  }
}

/** What an answer says of the CRM as a whole. */
export type Verdict = Omit<Extract<Delivered, { readonly kind: 'away' }>, 'kind' | 'detail'>

/** What a status says of the CRM as a whole; undefined, if it is about this request. */
export const awayBy = (status: number): Verdict | undefined => {
  if (status === 429) return { why: 'the CRM asks for fewer requests', sure: true }
  if (status === 401 || status === 403) return { why: `the CRM does not accept the token (${status})`, sure: true }
  if (status === 402) return { why: 'the account of the CRM is not paid for (402)', sure: true }
  if (status >= 500) return { why: `the CRM has trouble (${status})`, sure: false }
  return status >= 300 && status < 400 ? { why: `the CRM sends elsewhere (${status}): is its address right?`, sure: true } : undefined
}

/**
 * Asks one CRM, not more often than so many times a second, with its failures told apart: none of them is an
 * exception. A redirect is not followed, so that the token goes nowhere else.
 */
export const asking = (baseUrl: string, perSecond: number, judge: (status: number, body: unknown) => Verdict | undefined = awayBy): Ask => {
  let next = 0
  const turn = async (signal: AbortSignal): Promise<void> => {
    const now = performance.now()
    const mine = Math.max(now, next)
    next = mine + 1000 / perSecond
    if (mine > now) await sleep(mine - now, undefined, { signal })
  }

  return async ({ method, path, body, headers = {}, reads = method === 'GET', secret, signal }) => {
    let sent = false
    try {
      await turn(signal)
      sent = true
      const response = await fetch(`${baseUrl.replace(/\/+$/, '')}${path}`, {
        method,
        headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: 'manual',
        signal
      })
      const text = (await response.text()).replaceAll(secret, '…')
      const read = parsed(text)
      const away = read === undefined ? awayBy(response.status) : judge(response.status, read.json)
      if (away !== undefined) {
        const after = waitIn(response.headers.get('retry-after')) ?? away.after
        return { kind: 'away', why: away.why, sure: away.sure || reads, detail: text.slice(0, 300), ...(after === undefined ? {} : { after }) }
      }
      if (read === undefined) return { kind: 'away', why: `the CRM answered ${response.status} with something that is no JSON`, detail: text.slice(0, 100), sure: reads || response.status >= 400 }
      return { kind: 'answer', status: response.status, body: read.json }
    } catch (error) {
      const code = codeIn(error)
      return { kind: 'away', why: signal.aborted ? 'the CRM did not answer in time' : 'the CRM cannot be reached', ...(code === '' ? {} : { detail: code }), sure: !sent || reads || NEVER_SENT.has(code) }
    }
  }
}
