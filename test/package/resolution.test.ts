import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consumer, ENTRY_POINTS, manifest, PEERS, root, run, type Consumer } from './consumer.js'

let project: Consumer
beforeAll(async () => {
  project = await consumer(...PEERS)
})
afterAll(() => project.remove())

/** A program that imports every entry point, also those of which the other program says nothing. */
const everything = `${ENTRY_POINTS.map((from, i) => `import * as entry${i} from '${from}'\n`).join('')}
export const entries: ReadonlyArray<object> = [${ENTRY_POINTS.map((_, i) => `entry${i}`).join(', ')}]
`

const program = `import { correlator, outcome, portFrom, type CallRecord, type Change, type State } from 'call-legs'
import { route, type RouteOutcome } from 'call-legs/interactive'
import { restPorts } from 'call-legs/rest'
import { changes } from 'call-legs/stream'
import { webhook } from 'call-legs/webhook'
const pbx = restPorts({ baseUrl: 'https://pbx.example', clientId: 'a', clientSecret: 'b', fetch })
const answered = route(portFrom(async () => '453*102'), { variable: 'x' })('')()
export const told: Promise<RouteOutcome> = answered.then((routed) => routed.outcome)
export const listed = outcome(pbx.extensions({ signal: AbortSignal.timeout(1) }))
const calls = correlator({ directory: { '453*101': 'phone' } })
const [state, made] = calls.ingest(calls.initial, 'EventType=hangup')
export const next: State = state
export const kinds: ReadonlyArray<Change['change']> = made.map(({ change }) => change)
export const talk = (record: CallRecord): number => (record.successful ? record.talkTime ?? 0 : 0)
export const handle: (request: Request) => Promise<Response> = webhook({ onEvent: () => undefined, onUndecodable: () => undefined })
export const live: AsyncIterable<Change> = changes(['EventType=hangup'], { ticking: 'none' })
// @ts-expect-error a record is readonly
export const spoil = (record: CallRecord): void => { record.id = 'x' }
// @ts-expect-error no such type of extension
correlator({ directory: { '453*101': 'telephone' } })
`

/** What a user's own settings may be; `node10` is what TypeScript 5 calls the old `node`. */
const SETTINGS: ReadonlyArray<readonly [resolution: string, module: string, extension: string]> = [
  ['node10', 'commonjs', 'ts'],
  ['node', 'esnext', 'ts'],
  ['node16', 'node16', 'mts'],
  ['node16', 'node16', 'cts'],
  ['nodenext', 'nodenext', 'mts'],
  ['nodenext', 'nodenext', 'cts'],
  ['bundler', 'esnext', 'ts']
]

test.each(SETTINGS)('every entry point is type-checked with moduleResolution %s, module %s, in .%s, its declarations too', async (resolution, module, extension) => {
  const files = [project.write(`everything.${extension}`, everything), project.write(`program.${extension}`, program)]
  const strict = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--skipLibCheck', 'false']
  const language = ['--target', 'es2022', '--lib', 'es2022,dom,dom.asynciterable', '--typeRoots', join(project.folder, 'none')]
  const { stdout } = await run(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), ...strict, ...language, '--module', module, '--moduleResolution', resolution, ...files],
    { cwd: project.folder }
  ).catch((failed: unknown) => (failed instanceof Error && 'stdout' in failed ? { stdout: String(failed.stdout) } : Promise.reject(new Error(String(failed)))))
  // fast-check's own declarations are not for node10, whose users have skipLibCheck then
  expect(stdout.split('\n').filter((line) => /^\S/.test(line) && !line.includes('/node_modules/fast-check/'))).toEqual([])
})

test('typesVersions has each subpath, with the declarations that exports has', () => {
  const declared = ENTRY_POINTS.slice(1).map((entry) => entry.replace('call-legs/', ''))
  expect(manifest.typesVersions).toEqual({ '*': Object.fromEntries(declared.map((name) => [name, [manifest.exports[`./${name}`].import.types]])) })
})
