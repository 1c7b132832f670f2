import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRecording, type WireEvent } from '../../pbx/recording.js'
import { timeOf } from '../../pbx/times.js'

const folder = fileURLToPath(new URL('../..', import.meta.url))
const command = ['--import', 'tsx', 'pbx/main.ts']

interface Ended {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

const pbx = (...args: ReadonlyArray<string>): Promise<Ended> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [...command, ...args], { cwd: folder }, (_, stdout, stderr) => {
      resolve({ status: child.exitCode ?? -1, stdout, stderr })
    })
  })

describe('npm run pbx', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'pbx-'))
  let turn = 0
  const server = createServer((_, response) => {
    turn += 1
    response.writeHead(turn % 10 === 0 ? 500 : 200).end()
  })
  let to = ''
  beforeAll(
    () =>
      new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', () => {
          to = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
          resolve()
        })
      })
  )
  afterAll(() => {
    server.close()
    rmSync(temporary, { recursive: true })
  })

  it('plays the bundled day as of today, says what it did, and writes what it sent', async () => {
    const file = join(temporary, 'sent.ndjson')
    const { status, stdout, stderr } = await pbx('--to', to, '--repeat', '0.1', '--write', file)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const [, answered, all, requests, refused] = /^(\d+) of (\d+) answered, in (\d+) requests: (\d+) refused, 0 without an answer\n$/.exec(stdout) ?? []
    expect(answered).toBe(all)
    expect(Number(requests)).toBe(Number(all) + Number(refused))
    expect(Number(refused)).toBeGreaterThan(10)
    const sent = readRecording(readFileSync(file, 'utf8')) as ReadonlyArray<WireEvent>
    expect(sent).toHaveLength(Number(all))
    const last = Math.max(...sent.map((event) => timeOf(event) ?? 0)) / 1_000
    expect(Date.now() - last).toBeLessThan(60_000)
    expect(Date.now()).toBeGreaterThanOrEqual(last)
  })

  it('is stopped by SIGTERM, and then says with its status that something is left', async () => {
    const child = spawn(process.execPath, [...command, '--to', to, '--speed', '1'], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
    const asked = turn
    while (turn === asked) await new Promise((resolve) => setTimeout(resolve, 20))
    child.kill('SIGTERM')
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(1)
  })

  it('refuses what it does not understand with status 2 and a sentence', async () => {
    const wrong = [['--speed', 'fast'], ['--to', 'nowhere'], ['--repeat', '2'], ['--live', '3'], ['--file', '/nowhere']]
    const ended = await Promise.all(wrong.map((args) => pbx(...args)))
    expect(ended.map(({ status }) => status)).toEqual(wrong.map(() => 2))
    for (const { stderr } of ended) expect(stderr).toMatch(/is invalid|cannot be read/)
  })
})
