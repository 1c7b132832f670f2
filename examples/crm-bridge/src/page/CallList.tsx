import { useEffect, useState } from 'preact/hooks'
import { ask, messageOf } from './ask.js'
import { CallRow } from './CallRow.js'
import { csvOf } from './csv.js'
import { useDesk } from './Desk.js'
import { filterOf, queryOf, searchOf, type Filter } from './Filter.js'
import { FilterBar } from './FilterBar.js'
import { day, whenOf } from './shown.js'
import type { CallsPage, ListedCall } from './types.js'

const PAGE = 50
/** The service gives no more at a time. */
const MOST = 500

/** What is typed is not asked for letter by letter, in milliseconds. */
const PAUSE = 250

const dayOf = ({ records }: ListedCall): number => records.reduce((latest, record) => Math.max(latest, whenOf(record)), 0)

const save = (text: string): void => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
  link.download = `calls-${new Date().toISOString().slice(0, 10)}.csv`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** The latest calls by day, filtered as the address says. */
export const CallList = ({ seq }: { readonly seq: number | undefined }) => {
  const { words, employees, say } = useDesk()
  const [filter, setFilter] = useState<Filter>(() => filterOf(location.search))
  const [page, setPage] = useState<CallsPage | undefined>(undefined)
  const [opened, setOpened] = useState<string | undefined>(undefined)
  /** To which filter the calls belong that are shown. */
  const [shownFor, setShownFor] = useState(searchOf(filter))

  const load = async (signal: AbortSignal, before?: string): Promise<void> => {
    const search = searchOf(filter)
    const limit = before !== undefined || shownFor !== search ? PAGE : Math.min(MOST, Math.max(PAGE, page?.calls.length ?? 0))
    const query = new URLSearchParams({ ...queryOf(filter), limit: String(limit), ...(before === undefined ? {} : { before }) })
    try {
      const answer = await ask<CallsPage>(`/api/calls?${query.toString()}`, { signal })
      setShownFor(search)
      const older = new Set(answer.calls.map(({ callId }) => callId))
      setPage((known) => (before === undefined ? answer : { ...answer, calls: [...(known?.calls ?? []).filter(({ callId }) => !older.has(callId)), ...answer.calls] }))
    } catch (error) {
      if (!signal.aborted) say(messageOf(error))
    }
  }

  useEffect(() => {
    if (seq === undefined) return
    const loading = new AbortController()
    const timer = setTimeout(() => void load(loading.signal), shownFor === searchOf(filter) ? 0 : PAUSE)
    return () => {
      clearTimeout(timer)
      loading.abort()
    }
  }, [seq, filter])

  useEffect(() => {
    const search = searchOf(filter)
    history.replaceState(null, '', search === '' ? location.pathname : `?${search}`)
  }, [filter])

  const calls = page?.calls ?? []
  const now = new Date()
  const days = calls.reduce<ReadonlyArray<{ readonly name: string; readonly calls: ReadonlyArray<ListedCall> }>>((before, call) => {
    const name = day(dayOf(call), words, now)
    const last = before.at(-1)
    return last?.name === name ? [...before.slice(0, -1), { name, calls: [...last.calls, call] }] : [...before, { name, calls: [call] }]
  }, [])
  const next = page?.next

  return (
    <section aria-labelledby="latest">
      <div class="bar">
        <h2 id="latest" tabIndex={-1}>
          {words.latest}
        </h2>
        <span class="dim small" role="status">
          {page === undefined || searchOf(filter) === '' || searchOf(filter) !== shownFor ? '' : words.found(calls.length, next !== undefined)}
        </span>
      </div>
      <FilterBar filter={filter} onFilter={setFilter} onCsv={() => save(csvOf(calls, employees, words))} />
      <div class="list">
        {days.map(({ name, calls: of }) => (
          <section key={name} aria-label={name}>
            <h3 class="day">{name}</h3>
            <ul class="rows">
              {of.map((call) => (
                <CallRow key={call.callId} call={call} open={call.callId === opened} seq={seq ?? 0} onToggle={(callId) => setOpened(opened === callId ? undefined : callId)} />
              ))}
            </ul>
          </section>
        ))}
        {calls.length > 0 ? null : <p class="none bare">{page === undefined ? words.moment : searchOf(filter) === '' ? words.noCalls : words.noneFound}</p>}
      </div>
      {next === undefined ? null : (
        <button type="button" class="older" onClick={() => void load(new AbortController().signal, next)}>
          {words.older}
        </button>
      )}
    </section>
  )
}
