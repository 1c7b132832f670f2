import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { recordsOf, run, runWith, start, temporaryFolder } from './command.js'
import { answeredCall, lines } from './wire.js'

const folder = temporaryFolder()
const calls = Array.from({ length: 2_000 }, (_, i) => answeredCall(`c${i}`, i)).flat()
const packed = gzipSync(lines(calls))

test('what gzip packed is read as it is, from a file and from the standard input, beside what is not', async () => {
  const file = folder.file('day.ndjson.gz', packed)
  const { stdout, stderr } = await run('classify', file)
  expect(recordsOf(stdout)).toHaveLength(2_000)
  expect(stderr).toBe('')
  expect((await runWith(packed, 'classify')).stdout).toBe(stdout)
  expect(recordsOf((await runWith(lines(answeredCall('x', 0)), 'classify', file, '-')).stdout)).toHaveLength(2_001)
})

test('nothing, packed, is nothing', async () => {
  expect(await runWith(gzipSync(''), 'classify')).toEqual({ status: 0, stdout: '', stderr: '' })
})

test('of a file that ends in the middle what is there is read, and it is said', async () => {
  const file = folder.file('half.gz', packed.subarray(0, Math.floor(packed.length / 2)))
  const { status, stdout, stderr } = await run('classify', file)
  expect(recordsOf(stdout).length).toBeGreaterThan(500)
  expect(stderr).toContain(`${file}: ends in the middle of what gzip packed\n`)
  expect(status).toBe(2)
})

test('a damaged one is said to be damaged', async () => {
  const file = folder.file('bad.gz', Buffer.concat([packed.subarray(0, 40), Buffer.alloc(400, 7)]))
  const { status, stderr } = await run('classify', file)
  expect(stderr).toContain(`${file}: is damaged: gzip cannot unpack it\n`)
  expect(status).toBe(2)
})

test('whoever reads only the beginning of the output ends the command, though its input goes on', async () => {
  const child = start('classify', '--changes')
  child.stdin.on('error', () => undefined)
  child.stdin.write(lines(calls))
  await new Promise((done) => child.stdout.once('data', done))
  child.stdout.destroy()
  const more = setInterval(() => child.stdin.write(lines(answeredCall('more', 0))), 20)
  const status = await new Promise((done) => child.once('close', done))
  clearInterval(more)
  expect(status).toBe(0)
})
