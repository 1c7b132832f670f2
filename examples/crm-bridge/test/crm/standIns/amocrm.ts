/* amoCRM (Kommo) as its documentation describes it, as far as calls, incoming leads and notes go. */
import { fieldsOf, startStandIn, type Answer, type Fields, type Received, type StandIn } from './standIn.js'

export const AMO_TOKEN = 'amo-token-5e3c'

export interface AmoStandIn extends StandIn {
  /** The calls on cards, by `uniq`. */
  readonly calls: () => ReadonlyArray<Fields>
  readonly unsorted: () => ReadonlyArray<Fields>
  /** Texts of notes, by card. */
  readonly notes: () => ReadonlyArray<{ readonly type: string; readonly id: number; readonly text: string }>
  /** An employee takes an incoming lead. */
  readonly accept: (uid: string) => void
}

export interface AmoContents {
  /** Whose numbers are contacts; the search goes by the last ten digits. */
  readonly contacts?: ReadonlyArray<string> | ((digits: string) => boolean)
  readonly users?: ReadonlyArray<number>
}

const problem = (status: number, title: string, detail = title): Answer => ({ status, body: { title, status, detail } })

export const startAmocrm = async ({ contacts = [], users = [] }: AmoContents = {}): Promise<AmoStandIn> => {
  const digitsOf = (number: unknown): string => String(number).replace(/\D/g, '').slice(-10)
  const isContact = typeof contacts === 'function' ? contacts : (digits: string) => contacts.some((number) => digitsOf(number) === digits)
  const ids = new Map<string, number>()
  const idOf = (digits: string): number => {
    const id = ids.get(digits) ?? 1_000 + ids.size
    ids.set(digits, id)
    return id
  }
  const calls: Array<Fields & { readonly entity_id: number }> = []
  const unsorted: Array<Fields & { readonly uid: string }> = []
  const notes: Array<{ readonly type: string; readonly id: number; readonly text: string }> = []
  const accepted = new Map<string, number>()

  const addCall = (call: Fields): Answer => {
    const missing = ['direction', 'duration', 'source', 'phone'].find((name) => call[name] === undefined)
    const wrong = missing ?? (call['responsible_user_id'] !== undefined && !users.includes(Number(call['responsible_user_id'])) ? 'responsible_user_id' : undefined)
    if (wrong !== undefined) {
      return { status: 400, body: { title: 'Bad Request', 'validation-errors': [{ request_id: '0', errors: [{ code: 'NotSupportedChoice', path: wrong, detail: 'The value you selected is not a valid choice.' }] }] } }
    }
    const failed = (title: string): Answer => ({ status: 400, body: { _total_items: 0, errors: [{ request_id: '0', title, status: 263, detail: title }], _embedded: { calls: [] } } })
    const digits = digitsOf(call['phone'])
    if (!isContact(digits)) return failed('Entity not found')
    const contact = { id: idOf(digits) }
    if (calls.some(({ uniq }) => uniq === call['uniq'])) return failed('Call with this uniq already exists')
    calls.push({ ...call, entity_id: contact.id })
    return { status: 200, body: { _total_items: 1, errors: [], _embedded: { calls: [{ id: calls.length, entity_id: contact.id, entity_type: 'contact', request_id: '0' }] } } }
  }

  const addUnsorted = (lead: Fields): Answer => {
    if (unsorted.some(({ source_uid }) => source_uid === lead['source_uid'])) return problem(400, 'Bad Request', 'Such an incoming lead already exists')
    const uid = `uid-${unsorted.length + 1}`
    unsorted.push({ uid, ...lead })
    return { status: 200, body: { _total_items: 1, _embedded: { unsorted: [{ uid, request_id: '0' }] } } }
  }

  const listed = (name: string, items: ReadonlyArray<unknown>): Answer => (items.length === 0 ? { status: 204 } : { status: 200, body: { _page: 1, _embedded: { [name]: items } } })

  const notesOf = (type: string, { query }: Received, id: number | undefined): Answer => {
    const wanted = query.getAll('filter[note_type][]')
    const from = Number(query.get('filter[updated_at][from]') ?? 0)
    const entered = calls
      .filter((call) => type === 'contacts' && wanted.includes(call['direction'] === 'inbound' ? 'call_in' : 'call_out') && Number(call['created_at']) >= from)
      .map(({ uniq, duration, phone, entity_id, call_result }) => ({ entity_id, params: { uniq, duration, phone, call_result } }))
    const common = notes.filter((note) => wanted.includes('common') && note.type === type).map((note) => ({ entity_id: note.id, params: { text: note.text } }))
    return listed('notes', [...entered, ...common].filter(({ entity_id }) => id === undefined || entity_id === id))
  }

  const handle = (asked: Received): Answer => {
    if (asked.headers['authorization'] !== `Bearer ${AMO_TOKEN}`) return problem(401, 'Unauthorized')
    const [path = ''] = asked.path.split('?')
    const [, type = '', id] = /^\/api\/v4\/(contacts|leads|companies|customers)(?:\/(\d+))?\/notes$/.exec(path) ?? []
    if (asked.method === 'GET' && type !== '') return notesOf(type, asked, id === undefined ? undefined : Number(id))
    if (asked.method === 'GET' && path === '/api/v4/leads/unsorted') return listed('unsorted', unsorted.filter(({ uid }) => !accepted.has(uid)))
    const [, uid] = /^\/api\/v4\/leads\/unsorted\/([^/]+)$/.exec(path) ?? []
    if (asked.method === 'GET' && uid !== undefined) {
      const lead = accepted.get(uid)
      return { status: 200, body: { uid, _embedded: { leads: lead === undefined ? [] : [{ id: lead }] } } }
    }
    if (asked.method !== 'POST' || !Array.isArray(asked.body)) return problem(404, 'Not found')
    const item = fieldsOf(asked.body[0])
    if (path === '/api/v4/calls') return addCall(item)
    if (path === '/api/v4/leads/unsorted/sip') return addUnsorted(item)
    if (type === '') return problem(404, 'Not found')
    notes.push({ type, id: Number(item['entity_id']), text: String(fieldsOf(item['params'])['text']) })
    return { status: 200, body: { _embedded: { notes: [{ id: notes.length, entity_id: item['entity_id'] }] } } }
  }

  return {
    ...(await startStandIn(handle)),
    calls: () => calls,
    unsorted: () => unsorted,
    notes: () => notes,
    accept: (uid) => void accepted.set(uid, 7_000 + accepted.size)
  }
}
