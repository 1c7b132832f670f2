/**
 * `npm run golden`: makes everything again that is checked in and follows from the code, and that the tests compare: what
 * the recording of a day comes to, the table in the README, what the recipes of the cookbook look like and print. Whoever
 * runs it reads the diff.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const write = (path: string, text: string): void => {
  const before = read(path)
  if (before !== text) console.log(path, 'is another')
  writeFileSync(join(root, path), text)
}
const printed = (...args: ReadonlyArray<string>): string => execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
const classified = (...options: ReadonlyArray<string>): string =>
  printed('dist/cli.js', 'classify', '--directory', 'examples/directory.json', '--utc', ...options, 'examples/events/day.ndjson')

/** As many lines of a text as there were of another. */
const asMany = (text: string, lines: string): string => text.split('\n').slice(0, lines.split('\n').length - 1).map((line) => `${line}\n`).join('')

const anomalies = 'test/golden/day.anomalies.ndjson'
const anomaliesBefore = read(anomalies)
write('test/golden/day.ledger.ndjson', classified('--anomalies', anomalies))
if (read(anomalies) !== anomaliesBefore) console.log(anomalies, 'is another')
const table = classified('--format', 'table')
write('test/golden/day.table.txt', table)
write('docs/pictures/timeline.svg', printed('dist/cli.js', 'draw', '124d32', '--directory', 'examples/directory.json', '--utc', 'examples/events/day.ndjson'))
write('README.md', read('README.md').replace(/(begins like this:\n\n```\n)([^]*?)```/, (_, head: string, before: string) => `${head}${asMany(table, before)}\`\`\``))

write(
  'docs/cookbook.md',
  read('docs/cookbook.md').replace(
    /(\]\(\.\.\/(examples\/cookbook\/[\w-]+\.ts)\)\n\n)```ts\n[^]*?```(\n\n(prints|prints, to begin with,)\n\n```\n)([^]*?)```/g,
    (_, head: string, recipe: string, between: string, words: string, before: string) => {
      const output = printed('--import', 'tsx', recipe)
      return `${head}\`\`\`ts\n${read(recipe)}\`\`\`${between}${words === 'prints' ? output : asMany(output, before)}\`\`\``
    }
  )
)
