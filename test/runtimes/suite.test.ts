import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consumer, root, run, type Consumer } from '../package/consumer.js'
import { environment, OTHER_NODES, under } from './Runtime.js'

/** What depends on the runtime most: sockets, streams, and the laws over the whole core. */
const FOLDERS = ['test/laws', 'test/stream', 'test/webhook']

/** A tenth of the runs that the Node of the tests gets: what differs between two Nodes is no rare case of a law. */
const RUNS = '0.1'

let scratch: Consumer
beforeAll(async () => {
  scratch = await consumer()
})
afterAll(() => scratch.remove())

for (const { name, program } of OTHER_NODES)
  under({ name, program, words: [] }, () =>
    test(`${FOLDERS.join(', ')} pass`, async () => {
      const report = join(scratch.folder, `${name}.json`)
      const words = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...FOLDERS, '--reporter=json', `--outputFile=${report}`]
      await run(program, words, { cwd: root, env: { ...environment(scratch.folder), CALL_LEGS_RUNS: RUNS } }).catch((failed: unknown) => failed)
      const { success, numPassedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
      const failed = testResults.flatMap(({ assertionResults, message }: { assertionResults: ReadonlyArray<{ status: string; fullName: string }>; message: string }) => [
        ...(message === '' ? [] : [message]),
        ...assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName)
      ])
      expect({ success, failed }).toEqual({ success: true, failed: [] })
      expect(numPassedTests).toBeGreaterThan(100)
    })
  )
