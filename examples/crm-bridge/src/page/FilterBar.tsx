import { CALL_KINDS, isCallKind } from '../call/wholeCall.js'
import { useDesk } from './Desk.js'
import { NO_FILTER, searchOf, type Filter } from './Filter.js'

interface Props {
  readonly filter: Filter
  readonly onFilter: (filter: Filter) => void
  readonly onCsv: () => void
}

const KINDS = ['', ...Object.keys(CALL_KINDS).filter(isCallKind)] as const

/** Which calls are shown: kind, words and days. */
export const FilterBar = ({ filter, onFilter, onCsv }: Props) => {
  const { words } = useDesk()
  return (
    <div class="filter">
      <div class="tabs" role="group" aria-label={words.which}>
        {KINDS.map((kind) => (
          <button key={kind} type="button" aria-pressed={filter.kind === kind} onClick={() => onFilter({ ...filter, kind })}>
            {words.tabs[kind]}
          </button>
        ))}
      </div>
      <div class="fields" role="search">
        <input type="search" class="q" aria-label={words.search} placeholder={words.searchFor} maxLength={200} value={filter.q} onInput={({ currentTarget }) => onFilter({ ...filter, q: currentTarget.value })} />
        <label>
          {words.from} <input type="date" value={filter.from} max={filter.to} onChange={({ currentTarget }) => onFilter({ ...filter, from: currentTarget.value })} />
        </label>
        <label>
          {words.to} <input type="date" value={filter.to} min={filter.from} onChange={({ currentTarget }) => onFilter({ ...filter, to: currentTarget.value })} />
        </label>
        {searchOf(filter) === '' ? null : (
          <button type="button" class="act" onClick={() => onFilter(NO_FILTER)}>
            {words.clear}
          </button>
        )}
        <button type="button" class="act" onClick={onCsv}>
          {words.csv}
        </button>
      </div>
    </div>
  )
}
