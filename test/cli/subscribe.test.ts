import { spawn } from 'node:child_process'
import { describe, expect, onTestFinished, test } from 'vitest'
import { company } from '../vendor/company.js'
import { failAfterwards, refuse, sayIt, type Misbehaviour } from '../vendor/misbehaviour.js'
import { startVendor, type Vendor, type VendorContents } from '../vendor/Vendor.js'
import { COMMAND, type Ran } from './command.js'

const SECRET = 'hush+hush/0123'
const URL_OF_OURS = `https://crm.example/hook?secret=${encodeURIComponent(SECRET)}`

const others = [
  { id: 5, extension: 85219, event_type: 'hangup', url: 'https://vendor.example/rest/1/theirsecret/?secret=theirs', method: 'POST' },
  { id: 6, extension: 85219, event_type: 'dial-in', url: 'https://vendor.example/rest/1/theirsecret/?secret=theirs', method: 'POST' }
]

/** The command in a process of its own, against a vendor on the loopback. Nothing that it prints may hold a secret. */
const given = async (contents: VendorContents = {}) => {
  const vendor: Vendor = await startVendor({ ...company, rows: others, ...contents })
  onTestFinished(vendor.close)
  const access = { PBX_URL: vendor.url, PBX_CLIENT_ID: vendor.clientId, PBX_CLIENT_SECRET: vendor.clientSecret }
  const subscribe = async (words: ReadonlyArray<string>, env: Readonly<Record<string, string>> = {}): Promise<Ran> => {
    const child = spawn(process.execPath, [COMMAND, 'subscribe', ...words], { env: { ...process.env, ...access, ...env } })
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const status = await new Promise<number | null>((resolve) => child.on('close', resolve))
    for (const secret of ['hush', 'theirsecret', 's3cr3t', 'token-1']) expect(stdout + stderr).not.toContain(secret)
    return { status, stdout, stderr }
  }
  return { vendor, subscribe }
}

const ours = (vendor: Vendor) => vendor.rows().filter(({ url }) => url.startsWith('https://crm.example/'))

describe('subscribe', () => {
  test('prints the plan and carries it out; a second run has nothing to do, and --remove takes exactly ours away', async () => {
    const { vendor, subscribe } = await given()
    const plan = `extension  type   add                                remove  stays  of others
453*101    phone  dial-in, dial-out, answer, hangup
453*102    phone  dial-in, dial-out, answer, hangup                 vendor.example ×2
453*887    queue  dial-in, hangup
453*800    ivr    dial-in, hangup
453*999

to add: 12, to remove: 0, ours that stay: 0, of others: 2
`
    expect(await subscribe(['--url', URL_OF_OURS, '--dry-run'])).toEqual({ status: 0, stdout: plan, stderr: '' })
    expect(vendor.rows()).toEqual(others)

    expect(await subscribe(['--url', URL_OF_OURS])).toMatchObject({ status: 0, stdout: expect.stringMatching(/\nadded: 12, removed: 0\n$/), stderr: '' })
    expect(new Set(ours(vendor).map(({ url }) => url))).toEqual(new Set(['phone', 'queue', 'ivr'].map((type) => `https://crm.example/hook?${new URLSearchParams({ secret: SECRET, ExtType: type }).toString()}`)))
    const before = vendor.received('event').length
    expect(await subscribe(['--url', URL_OF_OURS])).toMatchObject({ status: 0, stdout: expect.stringMatching(/\nto add: 0, to remove: 0, ours that stay: 12, of others: 2\n$/) })
    expect(new Set(vendor.received('event').slice(before).map(({ method }) => method))).toEqual(new Set(['GET']))

    expect(await subscribe(['--url', 'https://crm.example/hook', '--remove'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/\nadded: 0, removed: 12\n$/) })
    expect(vendor.rows()).toEqual(others)
  })

  test('takes the secret from the environment, so that it need not stand in the list of processes', async () => {
    const { vendor, subscribe } = await given()
    expect((await subscribe(['--url', 'https://crm.example/hook'], { HOOK_SECRET: SECRET })).status).toBe(0)
    expect(ours(vendor).every(({ url }) => new URL(url).searchParams.get('secret') === SECRET)).toBe(true)
    expect((await subscribe(['--url', URL_OF_OURS], { HOOK_SECRET: 'another' })).stdout).toContain('to add: 0, to remove: 0')
  })

  test('stops at the limit of rows and says what is missing; with more room it goes on from there', async () => {
    const { vendor, subscribe } = await given({ room: 9 })
    expect(await subscribe(['--url', URL_OF_OURS])).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/\nadded: 7, removed: 0\n$/),
      stderr: 'call-legs: the PBX takes no more subscriptions: Limit of events exceeded, https://crm.example/hook?[secret] is not added (status 403)\n  not added: 453*102 hangup, 453*887 dial-in, 453*887 hangup, 453*800 dial-in, 453*800 hangup\n'
    })
    expect(vendor.received('event').filter(({ method }) => method === 'POST')).toHaveLength(8)
  })

  test('goes on after a row that is refused, a token that ends in the middle, an answer that is lost; nothing is there twice', async () => {
    const { vendor, subscribe } = await given()
    // the six lists that are read are as they should be
    const well = Array.from({ length: 6 }, (): Misbehaviour => ({ on: 'event', say: sayIt }))
    vendor.misbehave(...well, refuse('event', 400, 'no such luck'), refuse('event', 401, 'the token ended'), failAfterwards('event'))
    expect(await subscribe(['--url', URL_OF_OURS])).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/\nadded: 11, removed: 0\n$/),
      stderr: 'call-legs: the PBX refused: no such luck (status 400)\n  not added: 453*101 dial-in\n'
    })
    expect(ours(vendor)).toHaveLength(11)
    expect(await subscribe(['--url', URL_OF_OURS])).toMatchObject({ status: 0, stdout: expect.stringMatching(/\nadded: 1, removed: 0\n$/) })
  })

  test('says in a sentence what it cannot work with, and changes nothing', async () => {
    const { vendor, subscribe } = await given()
    expect(await subscribe(['--url', URL_OF_OURS], { PBX_CLIENT_ID: '', PBX_URL: '' })).toEqual({
      status: 2, stdout: '', stderr: 'call-legs: the PBX is not known: set PBX_URL, PBX_CLIENT_ID in the environment\n'
    })
    expect(await subscribe(['--url', 'crm.example/hook?secret=hush'])).toEqual({ status: 2, stdout: '', stderr: 'call-legs: --url is no address such as https://crm.example/hook?secret=…\n' })
    expect(await subscribe([])).toMatchObject({ status: 2, stdout: '' })
    expect(await subscribe(['--url', 'https://crm.example/hook', `--ulr=${URL_OF_OURS}`])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('https://crm.example/hook?…') })
    expect((await subscribe(['--url', URL_OF_OURS], { PBX_CLIENT_SECRET: 'wrong' })).stderr).toMatch(/^call-legs: the PBX does not accept the credentials: /)
    vendor.misbehave(refuse('event', 429, 'too many', { 'X-RateLimit-Reset': '3600' }))
    expect(await subscribe(['--url', URL_OF_OURS])).toMatchObject({ status: 2, stderr: expect.stringMatching(/^call-legs: the PBX takes no more requests before .*: too many \(status 429\)\n$/) })
    expect(vendor.rows()).toEqual(others)
  })
})
