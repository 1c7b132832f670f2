import { isLeft } from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'
import { PathReporter } from 'io-ts/lib/PathReporter.js'

/** The rows as the codec reads them; what it does not read is a mistake of this program or of somebody's hand in the database. */
export const readRows = <Row>(shape: t.Type<Row, unknown>, rows: ReadonlyArray<unknown>): ReadonlyArray<Row> =>
  rows.map((row) => {
    const read = shape.decode(row)
    if (isLeft(read)) throw new TypeError(`a row that cannot be read: ${PathReporter.report(read).join('; ')}`)
    return read.right
  })
