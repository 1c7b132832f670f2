import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'

/** What the API is about to say. */
export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** The API's resources, as far as the stand-in has them. */
export type Resource = 'token' | 'callback' | 'record' | 'history' | 'history-list' | 'extension' | 'event'

/** How a stand-in goes wrong once: instead of doing what it was asked to, or in saying what it did. */
export type Misbehaviour =
  | { readonly on: Resource; readonly instead: Answer }
  | { readonly on: Resource; readonly say: (answer: Answer, response: ServerResponse) => void | Promise<void> }

const payload = ({ body }: Answer): Buffer => gzipSync(typeof body === 'string' ? body : JSON.stringify(body))

const headers = (answer: Answer, length: number): Record<string, string> => ({
  'Content-Type': 'application/json',
  'Content-Encoding': 'gzip',
  'Content-Length': String(length),
  ...answer.headers
})

/** The way of a server in good health: gzip, JSON, to the end. */
export const sayIt = (answer: Answer, response: ServerResponse): void => {
  const bytes = payload(answer)
  response.writeHead(answer.status, headers(answer, bytes.length)).end(bytes)
}

/** Does nothing but answer with this status and message. */
export const refuse = (on: Resource, status: number, message = 'no', more: Readonly<Record<string, string>> = {}): Misbehaviour => ({
  on,
  instead: { status, body: { message, status: 'error' }, headers: more }
})

/** Answers something else, with a 200. */
export const sayInstead = (on: Resource, body: unknown): Misbehaviour => ({ on, instead: { status: 200, body } })

/** Does what it was asked to, and fails then. */
export const failAfterwards = (on: Resource, status = 500): Misbehaviour => ({
  on,
  say: (_, response) => sayIt({ status, body: { message: 'Internal Server Error' } }, response)
})

/** Takes its time. */
export const beSlow = (on: Resource, milliseconds: number): Misbehaviour => ({
  on,
  say: async (answer, response) => {
    await sleep(milliseconds)
    if (!response.destroyed) sayIt(answer, response)
  }
})

/** Begins its answer and then stalls, the connection open. */
export const stall = (on: Resource): Misbehaviour => ({
  on,
  say: (answer, response) => {
    const bytes = payload(answer)
    response.writeHead(answer.status, headers(answer, bytes.length))
    response.write(bytes.subarray(0, bytes.length >> 1))
  }
})

/** Breaks off in the middle of its answer. */
export const cutOff = (on: Resource): Misbehaviour => ({
  on,
  say: (answer, response) => {
    const bytes = payload(answer)
    response.writeHead(answer.status, headers(answer, bytes.length))
    response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy())
  }
})

/** Hangs up before it says a word. */
export const hangUp = (on: Resource): Misbehaviour => ({
  on,
  say: (_, response) => {
    response.destroy()
  }
})
