import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consumer, ENTRY_POINTS, PEERS, REQUIRED_PEERS, root, run, type Consumer } from '../package/consumer.js'
import { ADAPTERS, adapters, entries, LEAN, lean, THREE_EVENTS, threeEvents, type Program } from './programs.js'
import { BUN, DENO, environment, NODES, under, type Runtime } from './Runtime.js'

let full: Consumer
let bare: Consumer
beforeAll(async () => {
  full = await consumer(...PEERS)
  bare = await consumer(...REQUIRED_PEERS)
})
afterAll(() => {
  full.remove()
  bare.remove()
})

const ran = async ({ program, words }: Runtime, { folder }: Consumer, ...rest: ReadonlyArray<string>): Promise<string> =>
  (await run(program, [...words, ...rest], { cwd: folder, env: environment(folder), maxBuffer: 1 << 26 })).stdout

for (const runtime of [...NODES, DENO, BUN])
  under(runtime, () => {
    /** What it prints as an ECMAScript module, and as CommonJS. */
    const both = async (project: Consumer, name: string, { module, common }: Program): Promise<ReadonlyArray<string>> => [
      await ran(runtime, project, project.write(`${name}.mjs`, module)),
      await ran(runtime, project, project.write(`${name}.cjs`, common))
    ]

    test('every entry point is there for an ECMAScript module, and the same for CommonJS', async () => {
      const [module = '', common] = await both(full, 'entries', entries)
      const names: ReadonlyArray<ReadonlyArray<string>> = JSON.parse(module)
      expect(names.map((exported) => exported.length > 0)).toEqual(ENTRY_POINTS.map(() => true))
      expect(common).toBe(module)
    })

    test('dial-in, answer and hangup are one answered record', async () =>
      expect(await both(full, 'threeEvents', threeEvents)).toEqual([THREE_EVENTS, THREE_EVENTS]))

    test('the adapters answer', async () => expect(await both(full, 'adapters', adapters)).toEqual([ADAPTERS, ADAPTERS]))

    test('the webhook and the streams need no adapter\'s peers', async () => expect(await both(bare, 'lean', lean)).toEqual([LEAN, LEAN]))
  })

for (const node of NODES)
  under(node, () =>
    test('the command makes of the recording of a day what a person has read', async () => {
      const examples = join(full.package, 'examples')
      const words = ['classify', '--directory', join(examples, 'directory.json'), '--utc', join(examples, 'events/day.ndjson')]
      expect(await ran(node, bare, join(bare.package, 'dist/cli.js'), ...words)).toBe(readFileSync(join(root, 'test/golden/day.ledger.ndjson'), 'utf8'))
    })
  )
