import type { WireEvent } from './recording.js'

/** How the PBX was told to send its events. */
export type Method = 'get' | 'post'

/** The request for an event. The address keeps its own query: the secret, an `ExtType`. */
export const requestOf = (to: string, event: WireEvent, method: Method): { readonly url: URL; readonly init: RequestInit } => {
  const url = new URL(to)
  if (method === 'post') return { url, init: { method: 'POST', body: new URLSearchParams({ ...event }) } }
  for (const [field, value] of Object.entries(event)) url.searchParams.append(field, value)
  return { url, init: { method: 'GET' } }
}
