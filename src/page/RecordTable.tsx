import { Fragment } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { EpochMicros } from '../event/time.js'
import type { CallRecord } from '../record/CallRecord.js'
import type { CallExplanation } from '../reducer/Explanation.js'
import { CallDetail } from './CallDetail.js'
import { beginningOf } from '../summary/RecordedCall.js'
import { length, noteOf, talkTimeOf } from './shown.js'

interface Props {
  readonly records: ReadonlyArray<CallRecord>
  readonly explain: (callId: string) => CallExplanation | undefined
  readonly when: (at: EpochMicros | undefined) => string
  /** What is asked for from outside: a number in another table. */
  readonly search?: string
}

interface Column {
  readonly name: string
  readonly text: (record: CallRecord, when: Props['when']) => string
  readonly order: (record: CallRecord) => string | number
  readonly number?: true
}

const COLUMNS: ReadonlyArray<Column> = [
  { name: 'began', text: (record, when) => when(beginningOf(record)), order: (record) => beginningOf(record) ?? 0 },
  { name: 'kind', text: ({ kind }) => kind, order: ({ kind }) => kind },
  { name: 'direction', text: ({ direction }) => direction, order: ({ direction }) => direction },
  { name: 'extension', text: ({ extension }) => extension ?? '', order: ({ extension }) => extension ?? '' },
  { name: 'number', text: ({ remoteNumber }) => remoteNumber ?? '', order: ({ remoteNumber }) => remoteNumber ?? '' },
  { name: 'name', text: ({ remoteName }) => remoteName ?? '', order: ({ remoteName }) => remoteName ?? '' },
  { name: 'talk', text: (record) => length(talkTimeOf(record)), order: (record) => talkTimeOf(record) ?? -1, number: true },
  { name: 'DID', text: ({ did }) => did ?? '', order: ({ did }) => did ?? '' },
  { name: 'notes', text: noteOf, order: noteOf }
]

const KINDS = Object.keys({ answered: null, transferred: null, callback: null, missed: null, unsuccessful: null, incomplete: null } satisfies Record<CallRecord['kind'], null>)

const PAGE = 100

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0)

const searchable = (record: CallRecord): string => [record.kind, record.direction, record.extension, record.remoteNumber, record.remoteName, record.did, record.callId, noteOf(record)].join(' ').toLowerCase()

/** The records, to be searched, filtered by kind and sorted; each opens its call. */
export const RecordTable = ({ records, explain, when, search = '' }: Props) => {
  const [text, setText] = useState(search)
  const [kind, setKind] = useState('')
  const [sort, setSort] = useState({ column: 'began', up: true })
  const [page, setPage] = useState(0)
  const [open, setOpen] = useState<string | undefined>(undefined)
  useEffect(() => setText(search), [search])
  useEffect(() => setPage(0), [text, kind, sort, records])

  const known = useMemo(() => records.map((record) => ({ record, words: searchable(record) })), [records])
  const shown = useMemo(() => {
    const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '')
    const column = COLUMNS.find(({ name }) => name === sort.column)
    return known
      .filter(({ record, words: has }) => (kind === '' || record.kind === kind) && words.every((word) => has.includes(word)))
      .map(({ record }) => ({ record, order: column?.order(record) ?? 0 }))
      .sort((a, b) => (sort.up ? 1 : -1) * compare(a.order, b.order) || compare(a.record.id, b.record.id))
      .map(({ record }) => record)
  }, [known, text, kind, sort])
  const pages = Math.max(1, Math.ceil(shown.length / PAGE))

  return (
    <>
      <div class="controls">
        <label>
          search <input type="search" value={text} placeholder="number, name, extension, CallID" onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        <label>
          kind
          <select value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
            <option value="">all</option>
            {KINDS.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <span class="muted" role="status">
          {shown.length === records.length ? '' : `${shown.length} of `}
          {records.length === 1 ? '1 record' : `${records.length} records`}
        </span>
      </div>
      <div class="scroll" tabIndex={0} role="group" aria-label="records">
        <table>
          <thead>
            <tr>
              {COLUMNS.map(({ name, number }) => (
                <th key={name} scope="col" class={number === true ? 'number' : ''} aria-sort={sort.column !== name ? 'none' : sort.up ? 'ascending' : 'descending'}>
                  <button type="button" onClick={() => setSort({ column: name, up: sort.column === name ? !sort.up : true })}>
                    {name}
                    {sort.column !== name ? '' : sort.up ? ' ↑' : ' ↓'}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.slice(page * PAGE, (page + 1) * PAGE).map((record) => (
              <Fragment key={record.id}>
                <tr>
                  {COLUMNS.map(({ name, text: textOf, number }) => (
                    <td key={name} class={number === true ? 'number' : name === 'notes' ? 'wide' : name === 'kind' ? (record.successful ? 'good' : record.kind === 'missed' ? 'miss' : 'odd') : ''}>
                      {name === 'began' ? (
                        <button type="button" class="link" aria-expanded={open === record.id} onClick={() => setOpen(open === record.id ? undefined : record.id)}>
                          {textOf(record, when) || 'open'}
                        </button>
                      ) : (
                        textOf(record, when)
                      )}
                    </td>
                  ))}
                </tr>
                {open === record.id ? (
                  <tr>
                    <td class="wide" colSpan={COLUMNS.length}>
                      <CallDetail explanation={explain(record.callId)} when={when} id={`of-${record.id}`} />
                    </td>
                  </tr>
                ) : null}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      {pages === 1 ? null : (
        <div class="controls">
          <button type="button" disabled={page === 0} onClick={() => setPage(page - 1)}>
            earlier
          </button>
          <span>
            page {page + 1} of {pages}
          </span>
          <button type="button" disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
            later
          </button>
        </div>
      )}
    </>
  )
}
