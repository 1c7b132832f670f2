import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { smallCompany } from '../../src/testing/Company.js'
import { callHistory } from '../vendor/callHistory.js'
import { refuse, sayIt, type Misbehaviour } from '../vendor/misbehaviour.js'
import { startVendor, type Vendor } from '../vendor/Vendor.js'
import { dayOf } from '../reconcile/day.js'
import { recordsOf, run, runWith, temporaryFolder } from './command.js'

const files = temporaryFolder()
const day = dayOf(3, 60)
const lines = day.flatMap(({ events }) => events).map((event) => `${JSON.stringify(event)}\n`)

const DAY = ['--since', '2026-06-03', '--until', '2026-06-03', '--utc']
const directory = files.file('directory.json', JSON.stringify({ ...Object.fromEntries([...smallCompany.phones, ...smallCompany.ivrs, ...smallCompany.queues].map(({ name, type }) => [name, type])) }))

let vendor: Vendor
beforeAll(async () => {
  vendor = await startVendor({ list: day.map((call) => callHistory(smallCompany, call)), pageSize: 20 })
  process.env.PBX_URL = vendor.url
  process.env.PBX_CLIENT_ID = vendor.clientId
  process.env.PBX_CLIENT_SECRET = vendor.clientSecret
})
afterAll(() => vendor.close())

const talks = (stdout: string): ReadonlyArray<string> =>
  recordsOf(stdout).flatMap((record) => (record.successful ? [`${record.callId} ${record.subCallId.split('-')[0] ?? ''}`] : [])).sort()

describe('call-legs reconcile', () => {
  test('where all is known there is no difference', async () => {
    const { status, stdout, stderr } = await runWith(lines.join(''), 'reconcile', ...DAY, '--directory', directory, '-')
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'no differences: 60 calls of the history compared\n', stderr: expect.any(String) })
  })

  test('prints what is not known, for a person', async () => {
    const [first] = day
    const known = files.file('known.ndjson', lines.filter((line) => !line.includes(first?.callId ?? '')).join(''))
    const { status, stdout } = await run('reconcile', ...DAY, '--directory', directory, known)
    expect(status).toBe(0)
    expect(stdout).toContain(first?.callId)
    expect(stdout).toMatch(/^began +what +record +extension +number +talk +call\n/)
    expect(stdout).toMatch(/the call is not known/)
    expect(stdout).toMatch(/\n\d+ differences? in 60 calls of the history\n$/)
  })

  test('--events prints what classify reads: months before the first webhook have their talks', async () => {
    const { status, stdout, stderr } = await run('reconcile', ...DAY, '--events', '--directory', directory)
    expect(status).toBe(0)
    expect(stderr).toBe('')
    expect(JSON.parse(stdout.split('\n')[0] ?? '')).toMatchObject({ ToldBy: 'history', EventType: 'dial-in' })
    const found = await runWith(stdout, 'classify', '--directory', directory)
    const truth = await runWith(lines.join(''), 'classify', '--directory', directory)
    // calls that the application placed are among them: their source is known by its own word only
    const plain = (text: string): ReadonlyArray<string> => talks(text).filter((talk) => day.every(({ callId, placed }) => placed === undefined || !talk.startsWith(callId)))
    expect(plain(found.stdout)).toEqual(plain(truth.stdout))
  })

  test('says how far it came when the PBX takes no more, and never the secret', async () => {
    const thenNothing: Misbehaviour = {
      on: 'history-list',
      say: (answer, response) => {
        vendor.misbehave(refuse('history-list', 403, `no ${vendor.clientSecret}`))
        sayIt(answer, response)
      }
    }
    vendor.misbehave(thenNothing)
    const { status, stderr } = await run('reconcile', ...DAY)
    expect(status).toBe(2)
    expect(stderr).toMatch(/the PBX refused: .*; what began before 2026-06-03T\d\d:\d\d:\d\d\.\d+Z was compared: go on with --since then/)
    expect(stderr).not.toContain(vendor.clientSecret)
  })

  test('needs to know since when, and which PBX', async () => {
    expect(await run('reconcile')).toMatchObject({ status: 2, stderr: expect.stringContaining('--since') })
    delete process.env.PBX_CLIENT_SECRET
    expect(await run('reconcile', ...DAY)).toMatchObject({ status: 2, stderr: 'call-legs: the PBX is not known: set PBX_CLIENT_SECRET in the environment\n' })
    process.env.PBX_CLIENT_SECRET = vendor.clientSecret
  })
})
