import { useMemo } from 'preact/hooks'
import type { EpochMicros } from '../event/time.js'
import type { CallRecord } from '../record/CallRecord.js'
import { byDay, byExtension, byHour, totals } from '../summary/breakdowns.js'
import type { Figures } from '../summary/Figures.js'
import type { Beginnings } from '../summary/beginnings.js'
import { timeZone } from '../summary/TimeZone.js'
import { toCallBack } from '../summary/toCallBack.js'
import { length } from './shown.js'

interface Props {
  readonly records: ReadonlyArray<CallRecord>
  readonly began: Beginnings
  readonly zone: string
  readonly when: (at: EpochMicros | undefined) => string
  readonly onNumber: (number: string) => void
}

const Tile = ({ name, value, className = '' }: { readonly name: string; readonly value: string; readonly className?: string }) => (
  <div>
    <dt>{name}</dt>
    <dd class={className}>{value}</dd>
  </div>
)

interface Row {
  readonly name: string
  readonly figures: Figures
}

/** Calls, misses, talk and wait, row by row, with a bar beside them. */
const FiguresTable = ({ name, rows }: { readonly name: string; readonly rows: ReadonlyArray<Row> }) => {
  const most = Math.max(1, ...rows.map(({ figures }) => figures.calls))
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label={`by ${name}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">{name}</th>
            <th scope="col" class="number">calls</th>
            <th scope="col" class="number">missed</th>
            <th scope="col" class="number">talk</th>
            <th scope="col" class="number" title="the median">wait</th>
            <th scope="col" class="number" title="nine of ten waited no longer">90 %</th>
            <td aria-hidden="true" class="head" />
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name: row, figures: { calls, misses, talkTime, wait } }) => (
            <tr key={row}>
              <td>{row}</td>
              <td class="number">{calls}</td>
              <td class="number">{misses}</td>
              <td class="number">{length(talkTime)}</td>
              <td class="number">{length(wait?.median)}</td>
              <td class="number">{length(wait?.p90)}</td>
              <td>
                <div class="bar" aria-hidden="true">
                  <i style={{ width: `${((calls - misses) / most) * 100}%` }} />
                  <i style={{ width: `${(misses / most) * 100}%` }} />
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const twoDigits = (hour: number): string => `${String(hour).padStart(2, '0')}:00`

/** The day or the month in numbers, and whom to call back. */
export const Overview = ({ records, began, zone, when, onNumber }: Props) => {
  const known = timeZone(zone)
  const { all, clients, anonymous, hours, days, extensions } = useMemo(() => {
    const byHours = known === undefined ? [] : byHour(records, known, began)
    const some = byHours.filter(({ calls }) => calls > 0)
    return {
      all: totals(records, began),
      ...toCallBack(records, Infinity),
      // from the first hour with a call to the last
      hours: byHours.filter(({ hour }) => hour >= (some[0]?.hour ?? 24) && hour <= (some.at(-1)?.hour ?? -1)),
      days: known === undefined ? [] : byDay(records, known, began),
      extensions: byExtension(records, began)
    }
  }, [records, began, known])
  return (
    <>
      <dl class="tiles">
        <Tile name="to call back" value={String(clients.length)} className={clients.length === 0 ? '' : 'miss'} />
        <Tile name="calls" value={String(all.calls)} />
        <Tile name="missed" value={String(all.misses)} />
        <Tile name="talk time" value={length(all.talkTime)} />
        <Tile name="wait, median" value={all.wait === undefined ? '–' : length(all.wait.median)} />
        <Tile name="wait, 90 %" value={all.wait === undefined ? '–' : length(all.wait.p90)} />
      </dl>
      <h2>To call back</h2>
      {clients.length === 0 ? (
        <p class="muted">Nobody waits for a call.</p>
      ) : (
        <div class="scroll" tabIndex={0} role="group" aria-label="to call back">
          <table>
            <thead>
              <tr>
                <th scope="col">number</th>
                <th scope="col">name</th>
                <th scope="col" class="number">calls in vain</th>
                <th scope="col">since</th>
                <th scope="col">last</th>
                <th scope="col">at</th>
                <th scope="col" class="number">tried to reach</th>
              </tr>
            </thead>
            <tbody>
              {clients.map(({ number, name, misses, first, last, extensions: at, attempts, digits }) => (
                <tr key={digits}>
                  <td>
                    <button type="button" class="link" onClick={() => onNumber(number)}>
                      {number}
                    </button>
                  </td>
                  <td>{name ?? ''}</td>
                  <td class="number">{misses}</td>
                  <td>{when(first)}</td>
                  <td>{when(last)}</td>
                  <td>{at.join(', ')}</td>
                  <td class="number">{attempts}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {anonymous === 0 ? null : <p class="muted">{anonymous} more missed with the number hidden.</p>}
      <div class="columns">
        <div>
          <h2>By hour</h2>
          <FiguresTable name="hour" rows={hours.map((figures) => ({ name: twoDigits(figures.hour), figures }))} />
        </div>
        <div>
          <h2>By extension</h2>
          <FiguresTable name="extension" rows={extensions.map((figures) => ({ name: figures.extension ?? 'none', figures }))} />
        </div>
        {days.length < 2 ? null : (
          <div>
            <h2>By day</h2>
            <FiguresTable name="day" rows={days.map((figures) => ({ name: figures.day, figures }))} />
          </div>
        )}
      </div>
    </>
  )
}
