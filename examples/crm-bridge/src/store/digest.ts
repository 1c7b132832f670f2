import { createHash } from 'node:crypto'

/** The same fields have the same digest, in whatever order they were sent. */
export const digestOf = (fields: Readonly<Record<string, unknown>>): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('base64url')
