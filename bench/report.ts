import Table from 'cli-table3'
import { cpus, totalmem } from 'node:os'
import type { Figure } from './Figure.js'

/** Three digits, or all before the point. */
const rounded = (value: number): string => {
  if (value >= 1000) return Math.round(value).toLocaleString('en').replaceAll(',', ' ')
  return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2)
}

const valueOf = ({ value, unit }: Figure): string => (unit === 'ratio' ? rounded(value) : `${rounded(value)} ${unit}`)

const verdictOf = ({ value, target }: Figure): string => (target === undefined ? '' : value <= target ? 'ok' : 'over')

const targetOf = ({ target, unit }: Figure): string =>
  target === undefined ? '' : `<= ${unit === 'bytes' ? `${target / 1024} KiB` : target}`

const sidesOf = ({ sides = [] }: Figure): string =>
  sides.map(({ name, median, unit }) => `${name} ${rounded(median)} ${unit}`).join(' / ')

const spreadOf = ({ quartiles }: Figure): string => (quartiles === undefined ? '' : `${rounded(quartiles[0])}-${rounded(quartiles[1])}`)

/** The figures as a table for people. */
export const table = (figures: ReadonlyArray<Figure>): string => {
  const rows = new Table({
    head: ['', 'figure', 'value', 'half between', 'target', '', 'medians'],
    style: { head: [], border: [], compact: true },
    colAligns: ['left', 'left', 'right', 'right', 'left', 'left', 'left']
  })
  let group = ''
  for (const figure of figures) {
    const cells = [valueOf(figure), spreadOf(figure), targetOf(figure), verdictOf(figure), sidesOf(figure)]
    rows.push([figure.group === group ? '' : figure.group, figure.name, ...cells])
    group = figure.group
  }
  return rows.toString()
}

/** Where it was measured. */
export const machine = () => {
  const processors = cpus()
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    processor: processors[0]?.model ?? 'unknown',
    processors: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30)
  }
}
