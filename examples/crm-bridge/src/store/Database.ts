import type * as t from 'io-ts'

/** What may stand for a `$n`. Times are whole microseconds, at most 2^53. */
export type Value = string | number | boolean | null | ReadonlyArray<string>

/** SQL, the same for both drivers. What comes back is read by a codec: a row that is not what was expected is a mistake of this program. */
export interface Sql {
  readonly rows: <Row>(shape: t.Type<Row, unknown>, text: string, values?: ReadonlyArray<Value>) => Promise<ReadonlyArray<Row>>
  /** For what answers nothing: how many rows were concerned. */
  readonly run: (text: string, values?: ReadonlyArray<Value>) => Promise<number>
}

/** A database that is there, or will be there again. */
export interface Database extends Sql {
  readonly name: 'pglite' | 'postgresql'
  /** One transaction: all of it or nothing. What the work throws rolls it back and comes out again. */
  readonly transaction: <A>(work: (sql: Sql) => Promise<A>) => Promise<A>
  readonly close: () => Promise<void>
}
