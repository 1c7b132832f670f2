/**
 * As much of Restate's `ObjectContext` as is used: that of `@restatedev/restate-sdk` is one. So neither this library nor
 * whoever tests with a stand-in of his own needs the SDK.
 *
 * @since 0.1.0
 * @category restate
 */
export interface CallContext {
  /** The object's key: what `callKey` makes. */
  readonly key: string
  /** Restate's clock, in milliseconds: the same again when the handler is run again. */
  readonly date: { readonly now: () => PromiseLike<number> }
  /** What is kept under this name. */
  readonly get: <T>(name: string) => PromiseLike<T | null>
  /** Keeps a value under this name. */
  readonly set: (name: string, value: unknown) => void
  /** Forgets all that is kept of this key. */
  readonly clearAll: () => void
  /** Does something once and keeps its result; what throws is tried again. */
  readonly run: <T>(name: string, action: () => T | Promise<T>) => PromiseLike<T>
  /** Sends to a handler, after a delay in milliseconds. */
  readonly genericSend: (call: SentCall) => unknown
}

/**
 * What is sent to a handler of an object.
 *
 * @since 0.1.0
 * @category restate
 */
export interface SentCall {
  /** The object's name. */
  readonly service: string
  /** The handler's name. */
  readonly method: string
  /** The object's key. */
  readonly key: string
  /** What the handler is given: plain JSON. */
  readonly parameter: unknown
  /** Milliseconds; absent: at once. */
  readonly delay?: number
  /** How the parameter becomes bytes. */
  readonly inputSerde: JsonSerde
}

/**
 * Bytes of JSON and back.
 *
 * @since 0.1.0
 * @category restate
 */
export interface JsonSerde {
  /** Of the bytes. */
  readonly contentType: string
  /** Its JSON, as bytes. */
  readonly serialize: (value: unknown) => Uint8Array
  /** What the bytes say. */
  readonly deserialize: (data: Uint8Array) => unknown
}
