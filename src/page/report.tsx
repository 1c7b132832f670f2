import { isLeft } from 'fp-ts/lib/Either.js'
import { render } from 'preact'
import { useState } from 'preact/hooks'
import { callReducer } from '../reducer/callReducer.js'
import type { CallExplanation } from '../reducer/Explanation.js'
import { Overview } from './Overview.js'
import { RecordTable } from './RecordTable.js'
import { DATA, isReportData, type ReportData } from './ReportData.js'
import { clockIn } from './shown.js'
import css from './style.css'

/** The calls of a saved state, each with its version, as the reducer of one call reads it. */
const savedCalls = (state: unknown): ReadonlyMap<string, unknown> => {
  const calls = new Map<string, unknown>()
  if (typeof state !== 'object' || state === null || !('held' in state) || !('v' in state) || !Array.isArray(state.held)) return calls
  const all: ReadonlyArray<unknown> = state.held
  for (const held of all) {
    if (typeof held === 'object' && held !== null && 'callId' in held && typeof held.callId === 'string') calls.set(held.callId, { v: state.v, held })
  }
  return calls
}

const Report = ({ data }: { readonly data: ReportData }) => {
  const [number, setNumber] = useState('')
  const [{ began, explain, when }] = useState(() => {
    const reducer = callReducer(data.config)
    const saved = savedCalls(data.state)
    return {
      began: new Map(data.began),
      when: clockIn(data.zone),
      explain: (callId: string): CallExplanation | undefined => {
        const read = reducer.decode(saved.get(callId))
        return isLeft(read) ? undefined : reducer.explain(read.right, Infinity)
      }
    }
  })
  const asked = (wanted: string): void => {
    setNumber(wanted)
    document.getElementById('records')?.scrollIntoView({ behavior: 'smooth' })
  }
  return (
    <main>
      <h1>{data.title}</h1>
      <p class="muted">
        Times in {data.zone}.{data.rejected === 0 ? '' : ` ${data.rejected} lines could not be read.`}
      </p>
      <Overview records={data.records} began={began} zone={data.zone} when={when} onNumber={asked} />
      <h2 id="records">Records</h2>
      <RecordTable records={data.records} explain={explain} when={when} search={number} />
    </main>
  )
}

const style = document.createElement('style')
style.textContent = css
document.head.append(style)
const root = document.getElementById('page')
const data: unknown = JSON.parse(document.getElementById(DATA)?.textContent ?? 'null')
if (root !== null && isReportData(data)) {
  document.title = data.title
  render(<Report data={data} />, root)
}
