import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manifest, pack, PEERS, root, run } from './consumer.js'

/** A consumer in a folder of its own, with the packed package and its peers as npm installs them. */
const consumer = mkdtempSync(join(tmpdir(), 'call-legs-installed-'))
const here = { cwd: consumer }
let tarball: string

beforeAll(async () => {
  tarball = await pack(consumer)
  writeFileSync(join(consumer, 'package.json'), JSON.stringify({ name: 'consumer', private: true, version: '1.0.0' }))
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', tarball, ...PEERS.map((name) => `${name}@${manifest.devDependencies[name]}`)], here)
}, 180_000)

afterAll(() => rmSync(consumer, { recursive: true, force: true }))

describe('the packed package', () => {
  test('has the command, which works from another folder', async () => {
    expect((await run('npx', ['--no-install', 'call-legs', '--version'], here)).stdout.trim()).toBe(manifest.version)
    const recording = join(root, 'examples/events/day.ndjson')
    const { stdout } = await run('npx', ['--no-install', 'call-legs', 'classify', recording], here)
    expect(stdout.trim().split('\n').length).toBeGreaterThan(60)
  })

  test('brings the recording with which its command can be tried', () => {
    const shipped = 'node_modules/call-legs/examples/events/day.ndjson'
    expect(readFileSync(join(consumer, shipped), 'utf8')).toBe(readFileSync(join(root, 'examples/events/day.ndjson'), 'utf8'))
  })

  test('passes publint and are-the-types-wrong, with every kind of resolution', async () => {
    await run('npx', ['publint', '--strict'], { cwd: root })
    await run('npx', ['attw', tarball], { cwd: root })
  })

  test('holds the code, its documents, what these link to and the licences of what is inlined, and nothing else', async () => {
    const [{ files }] = JSON.parse((await run('npm', ['pack', '--ignore-scripts', '--dry-run', '--json'], { cwd: root })).stdout)
    const names: ReadonlyArray<string> = files.map(({ path }: { path: string }) => path)
    const linked = /^(dist|docs|src|examples|test\/(laws|pbx|reference|rules))\//
    expect(names.filter((name) => !linked.test(name)).sort()).toEqual(['CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json'])
    expect(names.filter((name) => /(^|\/)node_modules\/|^examples\/crm-bridge\/(test|dist|data)\//.test(name))).toEqual([])
    expect(names).toContain('docs/third-party-licences.md')
  })
})
