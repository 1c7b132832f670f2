import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'

const root = join(import.meta.dirname, '../..')
const read = (name: string): string => readFileSync(join(root, name), 'utf8')
const documents = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md'].filter((name) => existsSync(join(root, name))),
  ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)
]
const scripts: unknown = JSON.parse(read('package.json')).scripts

describe.each(documents)('%s', (name) => {
  test('names only commands of npm that are there', () => {
    for (const [, script = ''] of read(name).matchAll(/npm run ([\w:-]+)/g)) expect(scripts).toHaveProperty([script])
  })

  test('names only files that are there', () => {
    const named = [...read(name).matchAll(/`((?:src|test|examples|bench)\/[\w./-]+)`/g)].map(([, path = '']) => path)
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})

describe('a property is run again as CONTRIBUTING.md says', () => {
  afterEach(() => vi.unstubAllEnvs())
  const runsWith = async (env: Readonly<Record<string, string>>): Promise<object> => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
    vi.resetModules()
    return (await import('../laws/run.js')).runs(100)
  }

  test('with the seed and the path of a failure', async () =>
    expect(await runsWith({ CALL_LEGS_RUNS: '1', CALL_LEGS_SEED: '1987628424', CALL_LEGS_PATH: '1:0:0' })).toEqual({ numRuns: 100, seed: 1_987_628_424, path: '1:0:0' }))
  test('more often', async () => expect(await runsWith({ CALL_LEGS_RUNS: '20' })).toMatchObject({ numRuns: 2000 }))
})
