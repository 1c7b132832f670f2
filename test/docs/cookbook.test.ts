import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/cookbook.md'), 'utf8')
const recipes = readdirSync(join(root, 'examples/cookbook'))
const run = promisify(execFile)

const printed = async (recipe: string) => run(process.execPath, ['--import', 'tsx', join('examples/cookbook', recipe)], { cwd: root })

/** What the page says that a recipe prints, and whether that is all of it. */
const said = (recipe: string) => {
  const shown = `[${recipe}](../examples/cookbook/${recipe})\n\n\`\`\`ts\n${readFileSync(join(root, 'examples/cookbook', recipe), 'utf8')}\`\`\`\n\n`
  const [, behind = ''] = page.split(shown)
  const [, words = '', output = ''] = /^(prints|prints, to begin with,)\n\n```\n([^]*?)```\n/.exec(behind) ?? []
  return { output, whole: words === 'prints' }
}

describe.concurrent('docs/cookbook.md shows each recipe as it is, and what it prints', () => {
  test.each(recipes)('%s', async (recipe) => {
    const { output, whole } = said(recipe)
    const { stdout, stderr } = await printed(recipe)
    expect(output).not.toBe('')
    expect(whole ? stdout : stdout.slice(0, output.length)).toBe(output)
    expect(stderr).toBe('')
  })
})

test('it shows no other program', () => {
  expect(page.match(/^```ts$/gm)).toHaveLength(recipes.length)
  expect(recipes.length).toBeGreaterThanOrEqual(10)
})

test('the table has a row for every record of the day, each with every column', async () => {
  const [head = '', ...rows] = (await printed('history-to-csv.ts')).stdout.trimEnd().split('\n')
  const cells = (row: string): number => row.replace(/"(?:[^"]|"")*"/g, '').split(',').length
  expect(rows.length).toBe(readFileSync(join(root, 'test/golden/day.ledger.ndjson'), 'utf8').trimEnd().split('\n').length)
  expect(rows.filter((row) => cells(row) !== cells(head))).toEqual([])
  expect(rows.filter((row) => /(^|,)"?[=@-]/.test(row))).toEqual([])
})
