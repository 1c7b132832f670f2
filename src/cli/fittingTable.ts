import Table from 'cli-table3'
import { displayWidth } from './displayWidth.js'
import { printable } from './printable.js'

/** A column of a table that has to fit a terminal. */
export interface FittingColumn<R> {
  readonly heading: string
  readonly cell: (row: R) => string
  /** Numbers and lengths of time stand at the right of their column. */
  readonly align?: 'right'
  /** Wider cells are cut, with an ellipsis; by default 32. */
  readonly widest?: number
  /** Before any column is left out, this one is cut down to so much. */
  readonly least?: number
  /** Paints what a cell holds. */
  readonly colour?: (row: R) => (text: string) => string
  /** On a narrow terminal columns are left out, the one with the highest number first; without a number it stays. */
  readonly leftOut?: number
}

const GAP = 2

const plain = (text: string): string => text

const WIDEST = 32

/** A column is not cut below this, however narrow the terminal is. */
const NARROWEST = 4

/** A few rows a piece: laying out takes the square of their number. */
const ROWS = 25

/** No lines between the columns: the table can be searched, cut and pasted. */
const BARE = {
  top: '', 'top-mid': '', 'top-left': '', 'top-right': '',
  bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
  left: '', 'left-mid': '', mid: '', 'mid-mid': '',
  right: '', 'right-mid': '', middle: ''
} as const

interface Fitted<R> {
  readonly column: FittingColumn<R>
  readonly width: number
}

const widthOf = (fitted: ReadonlyArray<Fitted<never>>): number => fitted.reduce((sum, { width }) => sum + width + GAP, -GAP)

/** So much a column gives before another is left out. */
const gives = ({ column, width }: Fitted<never>): number => Math.max(0, width - (column.least ?? width))

const narrower = <R>(fitted: ReadonlyArray<Fitted<R>>, which: Fitted<R>): ReadonlyArray<Fitted<R>> =>
  fitted.map((other) => (other === which ? { ...other, width: other.width - 1 } : other))

/** Some columns are cut, others left out until the rest fits; what still does not fit is cut, the widest column first. */
const fit = <R>(fitted: ReadonlyArray<Fitted<R>>, width: number): ReadonlyArray<Fitted<R>> => {
  const excess = widthOf(fitted) - width
  if (excess <= 0) return fitted
  const most = fitted.reduce((a, b) => (gives(b) > gives(a) ? b : a))
  if (fitted.reduce((sum, one) => sum + gives(one), 0) >= excess) return fit(narrower(fitted, most), width)
  const rank = ({ column }: Fitted<R>): number => column.leftOut ?? 0
  const least = fitted.reduce((a, b) => (rank(b) > rank(a) ? b : a))
  if (rank(least) > 0) return fit(fitted.filter((other) => other !== least), width)
  const widest = fitted.reduce((a, b) => (b.width > a.width ? b : a))
  if (widest.width <= NARROWEST) return fitted
  return fit(narrower(fitted, widest), width)
}

/** A table as text, piece by piece, not wider than so many columns of a terminal (unless that is next to none). */
export function* fittingTable<R>(rows: ReadonlyArray<R>, columns: ReadonlyArray<FittingColumn<R>>, width: number): Iterable<string> {
  const natural = ({ heading, cell, widest = WIDEST }: FittingColumn<R>): number =>
    rows.reduce((width, row) => Math.min(widest, Math.max(width, displayWidth(printable(cell(row))))), heading.length)
  const fitted = fit(columns.map((column) => ({ column, width: natural(column) })), width)
  const layOut = (texts: ReadonlyArray<ReadonlyArray<string>>): string => {
    const table = new Table({
      chars: BARE,
      colWidths: fitted.map((one, i) => one.width + (i === fitted.length - 1 ? 0 : GAP)),
      colAligns: fitted.map(({ column }) => column.align ?? 'left'),
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 }
    })
    table.push(...texts.map((cells) => cells.map((content, i) => ({ content, style: { 'padding-left': 0, 'padding-right': i === fitted.length - 1 ? 0 : GAP } }))))
    return `${table.toString().replace(/ +$/gm, '')}\n`
  }
  yield layOut([fitted.map(({ column }) => column.heading)])
  for (let i = 0; i < rows.length; i += ROWS) yield layOut(rows.slice(i, i + ROWS).map((row) => fitted.map(({ column }) => (column.colour?.(row) ?? plain)(printable(column.cell(row))))))
}
