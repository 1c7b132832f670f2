import type { Answer } from './misbehaviour.js'

/** A subscription, as the vendor's API has it. */
export interface VendorRow {
  readonly id: number
  readonly extension: number
  readonly event_type: string
  readonly url: string
  readonly method: string
}

/** The subscriptions of all extensions, and how many there may be in all. */
export interface EventRows {
  readonly rows: () => ReadonlyArray<VendorRow>
  readonly answer: (method: string, extension: { readonly id: number; readonly type: string }, rowId: string | undefined, page: number, body: string) => Answer
  /** Somebody else removes a row. */
  readonly vanish: (id: number) => void
}

const KINDS = ['dial-in', 'dial-out', 'answer', 'hangup', 'voicemail']

/** Without the extension, as the API answers. */
const shown = ({ id, event_type, url, method }: VendorRow) => ({ id, event_type, url, method })

const isBody = (body: unknown): body is { readonly event_type: string; readonly url: string; readonly method: string } =>
  typeof body === 'object' && body !== null && ['event_type', 'url', 'method'].every((name) => name in body)

export const eventRows = (initial: ReadonlyArray<VendorRow>, room: number, pageSize: number): EventRows => {
  let rows = initial
  let last = Math.max(700, ...initial.map(({ id }) => id))
  const problem = (status: number, message: string): Answer => ({ status, body: { message } })
  return {
    rows: () => rows,
    vanish: (gone) => {
      rows = rows.filter(({ id }) => id !== gone)
    },
    answer: (method, extension, rowId, page, text) => {
      const of = rows.filter((row) => row.extension === extension.id)
      if (method === 'GET' && rowId === undefined) return { status: 200, body: of.slice((page - 1) * pageSize, page * pageSize).map(shown) }
      if (method === 'DELETE' && rowId !== undefined) {
        if (of.every(({ id }) => String(id) !== rowId)) return problem(404, 'Event not found')
        rows = rows.filter(({ id }) => String(id) !== rowId)
        return { status: 204, body: '' }
      }
      if (method !== 'POST' || rowId !== undefined) return problem(405, 'Method not allowed')
      const body: unknown = JSON.parse(text)
      if (!isBody(body) || !KINDS.includes(body.event_type)) return problem(400, 'event_type, url and method are required')
      if (extension.type === 'ivr' && !['dial-in', 'hangup'].includes(body.event_type)) return problem(400, `An IVR has no ${body.event_type}, see ${body.url}`)
      if (rows.length >= room) return problem(403, `Limit of events exceeded, ${body.url} is not added`)
      last += 1
      const row = { id: last, extension: extension.id, event_type: body.event_type, url: body.url, method: body.method }
      rows = [...rows, row]
      return { status: 201, body: shown(row) }
    }
  }
}
