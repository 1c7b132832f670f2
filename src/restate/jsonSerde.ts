import type { JsonSerde } from './CallContext.js'

declare const TextEncoder: new () => { readonly encode: (text: string) => Uint8Array }
declare const TextDecoder: new () => { readonly decode: (bytes: Uint8Array) => string }

/** What is sent to a handler is sent as JSON. */
export const JSON_SERDE: JsonSerde = {
  contentType: 'application/json',
  serialize: (value) => new TextEncoder().encode(JSON.stringify(value)),
  deserialize: (data): unknown => JSON.parse(new TextDecoder().decode(data))
}
