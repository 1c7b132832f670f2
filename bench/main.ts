import { writeFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import { beside } from './beside.js'
import type { Figure } from './Figure.js'
import type { Effort, Group } from './Group.js'
import { groups } from './groups/index.js'
import { machine, table } from './report.js'
import type { Clock } from './round.js'

interface Options {
  readonly quick?: true
  readonly only?: string
  readonly json?: string
  readonly beside?: string
  readonly clock: Clock
}

const options = new Command('npm run bench --')
  .description('Measures call-legs beside JSON.parse, loops by hand, and itself at other sizes.')
  .option('--quick', 'smaller streams and fewer rounds: some three minutes, and figures to work by')
  .option('--only <name>', 'the group, or else the figures, with this in the name')
  .option('--json <file>', 'write the figures to this file as well')
  .option('--beside <dist>', 'two builds in turns instead: this one, and the one in that folder')
  .addOption(
    new Option('--clock <clock>', 'cpu: count what the processes work, for a machine that is busy').choices(['wall', 'cpu']).default('wall')
  )
  .parse()
  .opts<Options>()

if (options.beside !== undefined) {
  await beside(options.beside)
  process.exit()
}

const named = (name: string): boolean => options.only === undefined || name.toLowerCase().includes(options.only.toLowerCase())

const groupsAreMeant = groups.some(({ name }) => named(name))

/** What of a group was asked for: all of it, if a group has that name, else the figures that have it. */
const asked = ({ name, figures }: Group): ((figure: string) => boolean) | undefined => {
  if (groupsAreMeant) return named(name) ? () => true : undefined
  return figures.some(named) ? named : undefined
}

const { clock } = options
const effort: Omit<Effort, 'wanted'> =
  options.quick === true
    ? { quick: true, clock, warmUp: 300, rounds: 5, each: 10 }
    : { quick: false, clock, warmUp: 2_000, rounds: 15, each: 50 }

const measured: Array<Figure> = []
for (const group of groups) {
  const wanted = asked(group)
  if (wanted === undefined) continue
  const from = performance.now()
  const figures = await group.measure({ ...effort, wanted }, (remark) => console.error(`${group.name}: ${remark}`))
  measured.push(...figures.filter(({ name }) => wanted(name)))
  console.error(`${group.name}: ${Math.round((performance.now() - from) / 1000)} s`)
}
if (measured.length === 0) {
  console.error(`Nothing is called ${options.only ?? ''}. There are:`)
  for (const { name, figures } of groups) console.error(`  ${name}: ${figures.join('; ')}`)
  process.exitCode = 2
} else {
  console.log(table(measured))
  if (options.json !== undefined) {
    writeFileSync(options.json, `${JSON.stringify({ quick: effort.quick, clock, ...machine(), figures: measured }, undefined, 2)}\n`)
  }
}
