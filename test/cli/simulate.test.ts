import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { COMMAND, recordsOf, run, runWith, start } from './command.js'

const simulated = async (...options: ReadonlyArray<string>): Promise<string> => {
  const { status, stdout, stderr } = await run('simulate', ...options)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

const eventsOf = (text: string): ReadonlyArray<Readonly<Record<string, string>>> =>
  text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line))

const timesOf = (text: string): ReadonlyArray<number> => eventsOf(text).flatMap(({ EventTime }) => (EventTime === undefined ? [] : [Number(EventTime)]))

describe('simulate', () => {
  test('the same seed gives the same bytes, another one other calls', async () => {
    const [first, again, other] = await Promise.all([simulated('--seed', '1'), simulated('--seed', '1'), simulated('--seed', '2')])
    expect(first).toBe(again)
    expect(first).not.toBe(other)
    expect(new Set(eventsOf(first).map(({ CallID }) => CallID)).size).toBe(100)
  })

  test('the bytes are the same on every machine', async () => {
    const [first = ''] = (await simulated('--calls', '1', '--seed', '7')).split('\n')
    expect(first).toMatchInlineSnapshot(`"{"EventType":"dial-in","EventTime":"1780475181587275","CallID":"a2831d77ba4fc90415451e8ba350c14d","SubCallID":"85220-a2831d77ba4fc90415451e8ba350c14d","CallAPIID":"3584709739-a2831d77-ba4f-c904-1545-1e8ba350c14d","CallFlow":"in","CallStatus":"CALLING","CalledDID":"74950000002","CalledNumber":"453*103","CalledExtension":"453*103@pbx.example","CalledExtensionID":"85220","CallerIDName":"LLC \\"Camomile\\"","CallerIDNum":"+79160000026","ExtType":"phone"}"`)
  })

  test('the calls are in the order of time, and spread over the days', async () => {
    const times = timesOf(await simulated('--calls', '300', '--days', '3'))
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
    const days = new Set(times.map((time) => new Date(time / 1000).toISOString().slice(0, 10)))
    expect([...days]).toEqual(['2026-06-03', '2026-06-04', '2026-06-05'])
  })

  test('classify reads it, with a directory and without, and finds records of every kind', async () => {
    const events = await simulated('--calls', '100', '--seed', '1')
    for (const options of [[], ['--directory', fileURLToPath(new URL('../../examples/directory.json', import.meta.url))]]) {
      const { status, stdout } = await runWith(events, 'classify', ...options)
      expect(status).toBe(0)
      const records = recordsOf(stdout)
      expect(records.length).toBeGreaterThan(80)
      expect([...new Set(records.map(({ kind }) => kind))].sort()).toEqual(['answered', 'callback', 'incomplete', 'missed', 'transferred', 'unsuccessful'])
    }
  })

  test('events out of order and repeated come to the same records', async () => {
    const [calm, wild] = await Promise.all([simulated(), simulated('--shuffle', '--repeat')])
    expect([...new Set(wild.split('\n'))].sort()).toEqual([...new Set(calm.split('\n'))].sort())
    expect(wild.length).toBeGreaterThan(calm.length)
    expect(timesOf(wild)).not.toEqual([...timesOf(wild)].sort((a, b) => a - b))
    expect((await runWith(wild, 'classify')).stdout).toBe((await runWith(calm, 'classify')).stdout)
  })

  test('lost events are lost, and nothing else changes', async () => {
    const [calm, lossy] = (await Promise.all([simulated(), simulated('--loss')])).map(eventsOf)
    const rest = new Set((lossy ?? []).map((event) => JSON.stringify(event)))
    expect(lossy?.length).toBeLessThan(calm?.length ?? 0)
    expect((calm ?? []).filter((event) => rest.has(JSON.stringify(event)))).toEqual(lossy)
  })

  test('a reader may leave early', async () => {
    const child = start('simulate', '--calls', '1000000')
    const status = new Promise((resolve) => child.on('close', resolve))
    child.stdout.once('data', () => child.stdout.destroy())
    expect(await status).toBe(0)
  })

  test('nonsense is refused', async () => {
    expect(await run('simulate', '--calls', 'many')).toEqual({ status: 2, stdout: '', stderr: 'call-legs: --calls "many" is no whole number from 0 to 4294967295\n' })
    expect((await run('simulate', '--days', '0')).status).toBe(2)
    expect(await simulated('--calls', '0')).toBe('')
  })

  test('the command needs no fast-check', () => {
    expect(readFileSync(COMMAND, 'utf8')).not.toContain('uniqueArray')
  })
})
