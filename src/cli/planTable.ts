import type { Extension, NewSubscription, Subscription } from '../index.js'
import type { SubscriptionPlan } from '../rest/index.js'
import { fittingTable } from './fittingTable.js'

interface Line {
  readonly extension: string
  readonly type: string
  readonly add: string
  readonly remove: string
  readonly keep: string
  readonly foreign: string
}

/** Where somebody else's events go, as far as it is nobody's secret: a path may be one. */
const hostOf = ({ url }: Subscription): string => (URL.canParse(url) ? new URL(url).host : 'elsewhere')

const counted = (names: ReadonlyArray<string>): string =>
  [...new Set(names)].map((name) => [name, names.filter((other) => other === name).length] as const).map(([name, count]) => (count === 1 ? name : `${name} ×${count}`)).join(', ')

const linesOf = ({ add, remove, keep, foreign }: SubscriptionPlan, extensions: ReadonlyArray<Extension>): ReadonlyArray<Line> =>
  extensions.map(({ id, name, type = '' }) => {
    const events = (rows: ReadonlyArray<NewSubscription | Subscription>): string => counted(rows.flatMap(({ extensionId, event }) => (extensionId === id ? [event] : [])))
    const others = foreign.filter(({ extensionId }) => extensionId === id)
    return { extension: name, type, add: events(add), remove: events(remove), keep: events(keep), foreign: counted(others.map(hostOf)) }
  })

/** A plan for a person, an extension a line. No URL of it is shown. */
export function* planTable(plan: SubscriptionPlan, extensions: ReadonlyArray<Extension>, width: number): Iterable<string> {
  const { add, remove, keep, foreign } = plan
  const lines = linesOf(plan, extensions)
  if (lines.length > 0) {
    yield* fittingTable(lines, [
      { heading: 'extension', cell: ({ extension }) => extension },
      { heading: 'type', cell: ({ type }) => type, leftOut: 2 },
      { heading: 'add', cell: (line) => line.add, widest: 40 },
      { heading: 'remove', cell: (line) => line.remove, widest: 40 },
      { heading: 'stays', cell: (line) => line.keep, widest: 40 },
      { heading: 'of others', cell: (line) => line.foreign, leftOut: 1 }
    ], width)
    yield '\n'
  }
  yield `to add: ${add.length}, to remove: ${remove.length}, ours that stay: ${keep.length}, of others: ${foreign.length}\n`
}
