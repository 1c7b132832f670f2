import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { expect, test } from 'vitest'
import { COMMAND, runWith, start, temporaryFolder } from './command.js'
import { busyCall, lines } from './wire.js'

const folder = temporaryFolder()

const many = (calls: number, from = 0): string => Array.from({ length: calls }, (_, i) => lines(busyCall(`c${from + i}`, from + i))).join('')

const ended = (child: ReturnType<typeof start>): Promise<number | null> => new Promise((resolve) => child.on('close', resolve))

test.each([[['classify']], [['classify', '--changes']], [['classify', '--format', 'table']]])(
  '%j: a reader that leaves early, as head does, ends it quietly',
  async (words) => {
    const child = start(...words, folder.file('many', many(800)))
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.stdout.once('data', () => child.stdout.destroy())
    expect(await ended(child)).toBe(0)
    expect(stderr).toBe('')
  }
)

test('it ends even while its input goes on, as that of tail -f does', async () => {
  const child = start('classify', '--changes')
  child.stdin.on('error', () => undefined)
  child.stdout.once('data', () => child.stdout.destroy())
  child.stdin.write(many(10))
  let told = 10
  const more = setInterval(() => child.stdin.write(many(10, (told += 10))), 50)
  expect(await ended(child)).toBe(0)
  clearInterval(more)
})

test('it goes on if nobody reads standard error', async () => {
  const child = start('classify')
  child.stderr.destroy()
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stdin.end(`${'x\n'.repeat(5_000)}${lines(busyCall('c1', 0))}`)
  expect(await ended(child)).toBe(1)
  expect(stdout).toContain('"callId":"c1"')
})

test('a slow reader is waited for: the input is not read ahead of it', async () => {
  const child = start('classify', '--changes')
  let accepted = 0
  const piece = many(2000)
  // the stream takes what the pipe takes; false means that it holds the rest
  while (accepted < 100 && child.stdin.write(piece)) accepted += 1
  const drained = await Promise.race([
    new Promise<boolean>((resolve) => child.stdin.once('drain', () => resolve(true))),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 700))
  ])
  expect(drained).toBe(false)
  let stdout = 0
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.length))
  child.stdin.end()
  expect(await ended(child)).toBe(0)
  expect(stdout).toBeGreaterThan(piece.length / 2)
})

test.skipIf(!existsSync('/dev/full'))('a full disk behind standard output is told, with status 2', async () => {
  const full = openSync('/dev/full', 'w')
  const child = spawn(process.execPath, [COMMAND, 'classify', folder.file('one', many(1))], { stdio: ['ignore', full, 'pipe'] })
  closeSync(full)
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(2)
  expect(stderr).toBe('call-legs: standard output: no space left\n')
})

test('a folder as the standard input cannot be read', async () => {
  const descriptor = openSync(folder.path('.'), 'r')
  const child = spawn(process.execPath, [COMMAND, 'classify'], { stdio: [descriptor, 'pipe', 'pipe'] })
  closeSync(descriptor)
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(2)
  expect(stderr).toBe('call-legs: standard input: is a folder\n')
})

test('a file redirected to standard input, and none at all', async () => {
  const descriptor = openSync(folder.file('one', many(1)), 'r')
  const child = spawn(process.execPath, [COMMAND, 'classify'], { stdio: [descriptor, 'pipe', 'inherit'] })
  closeSync(descriptor)
  let stdout = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0)
  expect(stdout).toContain('"callId":"c0"')
  expect(await runWith('', 'classify')).toEqual({ status: 0, stdout: '', stderr: '' })
})
