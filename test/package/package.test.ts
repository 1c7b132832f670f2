import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')

/** A consumer in a folder of its own, with the packed package and its peers. */
const consumer = mkdtempSync(join(tmpdir(), 'call-legs-consumer-'))
const here = { cwd: consumer }
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

beforeAll(async () => {
  // built already by the test command; packing must not build again under other tests' feet
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', consumer], { cwd: root })
  const [{ filename }] = JSON.parse(stdout)
  writeFileSync(join(consumer, 'package.json'), JSON.stringify({ name: 'consumer', private: true, version: '1.0.0' }))
  await run('npm', ['install', '--prefer-offline', `./${filename}`, ...['fp-ts', 'io-ts', 'cockatiel', 'fast-xml-builder', 'typescript'].map((name) => `${name}@${devDependencies[name]}`)], here)
}, 180_000)

afterAll(() => rmSync(consumer, { recursive: true, force: true }))

const program = `
const lines = [
  'EventType=dial-in&EventTime=1780000686000000&CallID=AB&SubCallID=1-ab&CallerIDNum=%2B79160000001&CalledNumber=453*101',
  'EventType=answer&EventTime=1780000690000000&CallID=ab&SubCallID=1-ab&CallFlow=in',
  'EventType=hangup&EventTime=1780000700000000&CallID=ab&SubCallID=1-ab&CallFlow=in&CallStatus=ANSWER'
]
const calls = correlator({ settle: seconds(5) })
let state = calls.initial
for (const line of lines) state = calls.ingest(state, line)[0]
const [record] = calls.records(state)
console.log(record.kind, record.talkTime, CallRecord.is(record), E.isRight(calls.decode(calls.encode(state))))
`

describe('the packed package', () => {
  test('is used by an ECMAScript module', async () => {
    writeFileSync(join(consumer, 'use.mjs'), `import { correlator, seconds, CallRecord } from 'call-legs'\nimport * as E from 'fp-ts/lib/Either.js'${program}`)
    expect((await run(process.execPath, ['use.mjs'], here)).stdout).toBe('answered 10000000 true true\n')
  })

  test('is used by CommonJS', async () => {
    writeFileSync(join(consumer, 'use.cjs'), `const { correlator, seconds, CallRecord } = require('call-legs')\nconst E = require('fp-ts/lib/Either.js')${program}`)
    expect((await run(process.execPath, ['use.cjs'], here)).stdout).toBe('answered 10000000 true true\n')
  })

  const adapters = `
const answer = route(inMemoryResponsible({ '+79160000001': '453*102' }), { variable: 'x' })
answer('EventType=call_interactive&CallID=ab&CallerIDNum=%2B79160000001')().then(({ outcome }) => console.log(outcome.kind))
outcome(restPorts({ baseUrl: '', clientId: 'a', clientSecret: 'b' }).extensions()).then(({ error }) => console.log(error.kind))
`

  const lean = `
const handle = webhook({ onEvent: ({ event }) => console.log(event.kind), onUndecodable: () => undefined })
const dial = 'EventType=dial-out&EventTime=1780000686000000&CallID=AB&SubCallID=1-ab&CalledNumber=%2B79160000001'
const run = async () => {
  console.log((await handle(new Request('https://crm.example/hook?' + dial))).status)
  for await (const change of changes([dial], { ticking: 'replay' })) console.log(change.change)
  for await (const change of new ReadableStream({ start: (c) => { c.enqueue(dial); c.close() } }).pipeThrough(changeStream({ ticking: 'none' }))) console.log(change.record?.kind)
}
run()
`

  test('needs no adapter\'s peers for its webhook and its streams', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'call-legs-lean-'))
    for (const name of ['call-legs', 'fp-ts', 'io-ts']) cpSync(join(consumer, 'node_modules', name), join(elsewhere, 'node_modules', name), { recursive: true })
    writeFileSync(join(elsewhere, 'lean.mjs'), `import { webhook } from 'call-legs/webhook'\nimport { changes, changeStream } from 'call-legs/stream'${lean}`)
    writeFileSync(join(elsewhere, 'lean.cjs'), `const { webhook } = require('call-legs/webhook')\nconst { changes, changeStream } = require('call-legs/stream')${lean}`)
    for (const file of ['lean.mjs', 'lean.cjs']) {
      const { stdout } = await run(process.execPath, [file], { cwd: elsewhere })
      expect(stdout).toBe('dial\n200\nregistered\nanomaly\nincomplete\nundefined\n')
    }
    rmSync(elsewhere, { recursive: true })
  })


  test('has its adapters, for an ECMAScript module and for CommonJS', async () => {
    const names: ReadonlyArray<readonly [string, string]> = [
      ['{ inMemoryResponsible, outcome }', 'call-legs'],
      ['{ restPorts }', 'call-legs/rest'],
      ['{ route }', 'call-legs/interactive']
    ]
    writeFileSync(join(consumer, 'adapters.mjs'), names.map(([what, from]) => `import ${what} from '${from}'\n`).join('') + adapters)
    writeFileSync(join(consumer, 'adapters.cjs'), names.map(([what, from]) => `const ${what} = require('${from}')\n`).join('') + adapters)
    for (const file of ['adapters.mjs', 'adapters.cjs']) {
      const { stdout } = await run(process.execPath, [file], here)
      expect(stdout.trim().split('\n').sort()).toEqual(['found', 'misconfigured'])
    }
  })

  test.each([
    ['nodenext', 'use.mts'],
    ['nodenext', 'use.cts'],
    ['bundler', 'use.ts']
  ])('is type-checked with module resolution %s in %s, its declarations too', async (resolution, file) => {
    writeFileSync(
      join(consumer, file),
      `import { correlator, outcome, portFrom, type CallRecord, type Change, type State } from 'call-legs'
import { route, type RouteOutcome } from 'call-legs/interactive'
import { restPorts } from 'call-legs/rest'
const pbx = restPorts({ baseUrl: 'https://pbx.example', clientId: 'a', clientSecret: 'b', fetch })
const answered = route(portFrom(async () => '453*102'), { variable: 'x' })('')()
const told: Promise<RouteOutcome> = answered.then((routed) => routed.outcome)
const listed = outcome(pbx.extensions({ signal: AbortSignal.timeout(1) }))
const calls = correlator({ directory: { '453*101': 'phone' } })
let state: State = calls.initial
const [next, changes] = calls.ingest(state, 'EventType=hangup')
state = next
const kinds: ReadonlyArray<Change['change']> = changes.map(({ change }) => change)
const talk = (record: CallRecord): number => (record.successful ? record.talkTime ?? 0 : 0)
// @ts-expect-error a record is readonly
const spoil = (record: CallRecord): void => { record.id = 'x' }
// @ts-expect-error no such type of extension
correlator({ directory: { '453*101': 'telephone' } })
console.log(kinds, talk, spoil, told, listed)
`
    )
    const module = resolution === 'nodenext' ? 'nodenext' : 'esnext'
    const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022', '--lib', 'es2022,dom']
    await run('npx', ['tsc', ...options, '--module', module, '--moduleResolution', resolution, file], here)
  })

  test('has the command, which works from another folder', async () => {
    const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
    expect((await run('npx', ['--no-install', 'call-legs', '--version'], here)).stdout.trim()).toBe(version)
    const recording = join(root, 'examples/events/day.ndjson')
    const { stdout } = await run('npx', ['--no-install', 'call-legs', 'classify', recording], here)
    expect(stdout.trim().split('\n').length).toBeGreaterThan(60)
  })

  test('passes publint and are-the-types-wrong', async () => {
    await run('npx', ['publint', '--strict'], { cwd: root })
    const packed = (await run('sh', ['-c', 'ls *.tgz'], here)).stdout.trim()
    // the entry points beside the main one need a resolution that knows `exports`
    await run('npx', ['attw', '--profile', 'node16', join(consumer, packed)], { cwd: root })
  })

  test('holds the code, its documents and the licences of what is inlined, and nothing else', async () => {
    const [{ files }] = JSON.parse((await run('npm', ['pack', '--ignore-scripts', '--dry-run', '--json'], { cwd: root })).stdout)
    const names: ReadonlyArray<string> = files.map(({ path }: { path: string }) => path)
    expect(names.filter((name) => !/^(dist|docs)\//.test(name)).sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'])
    expect(names).toContain('docs/third-party-licences.md')
  })
})
