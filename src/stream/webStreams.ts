import type { Signal } from '../ports/Port.js'

/** What fills a readable stream. */
export interface Filling<R> {
  readonly pull: (controller: { readonly enqueue: (chunk: R) => void; readonly close: () => void }) => Promise<void>
  readonly cancel: (reason: unknown) => Promise<void>
}

/** What becomes of what is written. */
export interface Emptying<W> {
  readonly start: (controller: { readonly error: (reason: unknown) => void; readonly signal: Signal & { readonly reason?: unknown } }) => void
  readonly write: (chunk: W) => Promise<void>
  readonly close: () => Promise<void>
}

declare const ReadableStream: new <R>(filling: Filling<R>, strategy: { readonly highWaterMark: number }) => ReadableStream<R>
declare const WritableStream: new <W>(emptying: Emptying<W>) => WritableStream<W>

/** Fills nothing that is not read at that moment. */
export const readableOf = <R>(filling: Filling<R>): ReadableStream<R> => new ReadableStream(filling, { highWaterMark: 0 })

export const writableOf = <W>(emptying: Emptying<W>): WritableStream<W> => new WritableStream(emptying)
