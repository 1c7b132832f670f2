import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { root } from './consumer.js'

const run = promisify(execFile)

test('what the entry points offer is what etc/*.api.md says, and every export has a comment', async () => {
  const report = run(process.execPath, [join(root, 'etc/report.mjs'), '--check'], { cwd: root })
  await expect(report.then(({ stderr }) => stderr)).resolves.toBe('')
})
