import { render } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import type { Config } from '../config/Config.js'
import type { CallRecord } from '../record/CallRecord.js'
import type { Change } from '../reducer/Change.js'
import { mermaid } from '../diagram/mermaid.js'
import { fragmentOf, linkedOf } from './link.js'
import { differences, linesOf, play } from './played.js'
import { RecordTable } from './RecordTable.js'
import { SAMPLES } from './samples.js'
import { clockIn } from './shown.js'
import css from './style.css'

const ZONE = 'UTC'
const when = clockIn(ZONE)

/** More than this is for the command line. */
const MOST = 20_000

interface Settings {
  readonly directory: string
  readonly missedAtPhone: boolean
  readonly local: boolean
}

const TYPES = { phone: null, queue: null, ivr: null, fax: null }

/** The configuration, or what is wrong with the directory. */
const configOf = ({ directory, missedAtPhone, local }: Settings): Config | string => {
  try {
    const read: unknown = directory.trim() === '' ? {} : JSON.parse(directory)
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return 'is no object of extensions and types'
    const known: Record<string, 'phone' | 'queue' | 'ivr' | 'fax'> = {}
    for (const [name, type] of new Map<string, unknown>(Object.entries(read))) {
      if (type !== 'phone' && type !== 'queue' && type !== 'ivr' && type !== 'fax') return `${name}: is none of ${Object.keys(TYPES).join(', ')}`
      known[name] = type
    }
    return { directory: known, missedAtPhone, local }
  } catch {
    return 'is no JSON'
  }
}

const shuffled = (lines: ReadonlyArray<string>): ReadonlyArray<string> => {
  const next = [...lines]
  for (let i = next.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1))
    const [a, b] = [next[i], next[j]]
    if (a !== undefined && b !== undefined) [next[i], next[j]] = [b, a]
  }
  return next
}

const any = (lines: ReadonlyArray<string>): number => Math.floor(Math.random() * lines.length)

const sentence = (change: Change): string => {
  switch (change.change) {
    case 'registered':
    case 'revised':
      return `${change.change}: ${change.record.kind} ${change.record.extension ?? ''} ${change.record.remoteNumber ?? ''}`
    case 'retracted':
      return `retracted: ${change.previous.kind} ${change.previous.extension ?? ''} ${change.previous.remoteNumber ?? ''}`
    case 'anomaly':
      return `anomaly: ${change.anomaly.kind}`
    case 'rejected':
      return `rejected: ${change.error.reason}`
  }
}

/** What the events were before somebody shuffled, repeated or lost one, and what they came to. */
interface Original {
  readonly events: string
  readonly ledger: ReadonlyArray<CallRecord>
  readonly done: string
}

const Playground = ({ begin }: { readonly begin: { readonly events: string; readonly directory: string } }) => {
  const [events, setEvents] = useState(begin.events)
  const [settings, setSettings] = useState<Settings>({ directory: begin.directory, missedAtPhone: false, local: false })
  const [original, setOriginal] = useState<Original | undefined>(undefined)
  const [at, setAt] = useState(Infinity)
  const [said, setSaid] = useState('')

  const config = useMemo(() => configOf(settings), [settings])
  const lines = useMemo(() => linesOf(events), [events])
  const played = useMemo(() => play(typeof config === 'string' ? {} : config, lines.slice(0, MOST)), [config, lines])
  const last = played.moments.length - 1
  const place = Math.min(at, last)
  const { state, changes } = played.moments[place] ?? { state: played.calls.initial, changes: [] }
  const isEnd = place === last
  const records = isEnd ? played.ledger : played.calls.records(state)
  const different = original === undefined ? undefined : differences(original.ledger, played.ledger)

  const take = (text: string, directory?: string): void => {
    setOriginal(undefined)
    setAt(Infinity)
    setEvents(text)
    if (directory !== undefined) setSettings({ ...settings, directory })
  }
  const alter = (done: string, next: ReadonlyArray<string>): void => {
    setOriginal({ events: original?.events ?? events, ledger: original?.ledger ?? played.ledger, done: original === undefined ? done : `${original.done}, ${done}` })
    setEvents(next.join('\n'))
  }
  const copyLink = async (): Promise<void> => {
    location.hash = await fragmentOf({ events, directory: settings.directory })
    try {
      await navigator.clipboard.writeText(location.href)
      setSaid('The link is in the clipboard.')
    } catch {
      setSaid('The link stands in the address.')
    }
  }

  return (
    <main
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        void event.dataTransfer?.files[0]?.text().then((text) => take(text))
      }}
    >
      <h1>call-legs playground</h1>
      <p class="muted">Events of a PBX in, one a line, as JSON or form-encoded; records, their reasons and pictures out. Nothing leaves this page.</p>
      <div class="controls">
        <label>
          example
          <select
            onChange={(event) => {
              const sample = SAMPLES.find(({ name }) => name === event.currentTarget.value)
              if (sample !== undefined) take(sample.events.join('\n'), sample.directory)
            }}
          >
            <option value="">choose one</option>
            {SAMPLES.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          file <input type="file" onChange={(event) => void event.currentTarget.files?.[0]?.text().then((text) => take(text))} />
        </label>
      </div>
      <textarea aria-label="events" spellcheck={false} value={events} placeholder="Paste events or drop a file" onInput={(event) => take(event.currentTarget.value)} />
      <div class="controls">
        <button type="button" disabled={lines.length < 2} onClick={() => alter('shuffled', shuffled(lines))}>
          shuffle
        </button>
        <button
          type="button"
          disabled={lines.length === 0}
          onClick={() => {
            const which = any(lines)
            alter(`repeated line ${which + 1}`, [...lines.slice(0, which), ...lines.slice(which, which + 1), ...lines.slice(which)])
          }}
        >
          repeat one
        </button>
        <button
          type="button"
          disabled={lines.length === 0}
          onClick={() => {
            const which = any(lines)
            alter(`lost line ${which + 1}`, lines.filter((_, i) => i !== which))
          }}
        >
          lose one
        </button>
        <button type="button" disabled={original === undefined} onClick={() => original !== undefined && take(original.events)}>
          back to what it was
        </button>
        <button type="button" disabled={lines.length === 0} onClick={() => void copyLink()}>
          copy a link
        </button>
        <span class="muted" role="status">
          {said}
        </span>
      </div>
      <div class="controls">
        <label class="grow">
          directory <input class="grow" value={settings.directory} onInput={(event) => setSettings({ ...settings, directory: event.currentTarget.value })} />
        </label>
        <label>
          <input type="checkbox" checked={settings.missedAtPhone} onChange={(event) => setSettings({ ...settings, missedAtPhone: event.currentTarget.checked })} /> missedAtPhone
        </label>
        <label>
          <input type="checkbox" checked={settings.local} onChange={(event) => setSettings({ ...settings, local: event.currentTarget.checked })} /> local
        </label>
      </div>
      <div role="status">
        {typeof config === 'string' ? <p class="miss">The directory {config}.</p> : null}
        {lines.length > MOST ? <p class="miss">Only the first {MOST} lines are played; the command line takes more.</p> : null}
        {different === undefined || original === undefined ? null : (
          <p class={different.length === 0 ? 'good' : 'odd'}>
            {original.done}: {different.length === 0 ? `the same ${played.ledger.length} records.` : `${different.join('; ')}.`}
          </p>
        )}
        {played.rejected.length === 0 ? null : <p class="miss">{played.rejected.slice(0, 5).map(({ line, why }) => `line ${line}: ${why}`).join('; ')}{played.rejected.length > 5 ? `; and ${played.rejected.length - 5} more` : ''}</p>}
      </div>

      <h2>The stream</h2>
      <label>
        {isEnd ? 'at the end: all misses have settled' : place === 0 ? 'before the first event' : `after event ${place} of ${last - 1}`}
        <input type="range" min={0} max={last} value={place} onInput={(event) => setAt(Number(event.currentTarget.value) === last ? Infinity : Number(event.currentTarget.value))} />
      </label>
      <pre>{place === 0 ? 'nothing yet' : isEnd ? 'the end of time' : lines[place - 1]}</pre>
      <ul>{changes.length === 0 ? <li class="muted">no change</li> : changes.map((change, i) => <li key={i}>{sentence(change)}</li>)}</ul>

      <h2>Records</h2>
      <RecordTable records={records} explain={(callId) => played.calls.explain(state, callId, isEnd ? Infinity : undefined)} when={when} />
      <h2>As Mermaid</h2>
      {[...new Set(records.map(({ callId }) => callId))].slice(0, 5).map((callId) => {
        const explanation = played.calls.explain(state, callId, isEnd ? Infinity : undefined)
        return explanation === undefined ? null : (
          <details key={callId}>
            <summary>
              <code>{callId}</code>
            </summary>
            <pre tabIndex={0}>{mermaid(explanation)}</pre>
          </details>
        )
      })}
    </main>
  )
}

const style = document.createElement('style')
style.textContent = css
document.head.append(style)
const root = document.getElementById('page')
const [first] = SAMPLES
void linkedOf(location.hash.slice(1)).then((linked) => {
  const begin = linked ?? { events: first?.events.join('\n') ?? '', directory: first?.directory ?? '' }
  if (root !== null) render(<Playground begin={begin} />, root)
})
