import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { build } from 'vite'
import { expect, test } from 'vitest'

const entry = join(import.meta.dirname, '../../dist/index.js')

test('the built core runs where there is nothing of Node: with the language and URLSearchParams alone', async () => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry, name: 'callLegs', formats: ['iife'] } }
  })
  const code = [built].flat().flatMap((result) => ('output' in result ? result.output : [])).flatMap((chunk) => (chunk.type === 'chunk' ? [chunk.code] : []))
  expect(code.length).toBe(1)
  expect(code.join('')).not.toMatch(/from ['"]node:|require\(['"]node:/)
  const context = createContext({ URLSearchParams })
  const program = `
    const calls = callLegs.correlator({ missedAtPhone: true })
    const leg = 'CallID=ab&SubCallID=1-ab&CallerIDNum=%2B79160000001&CalledNumber=453*101'
    let [state] = calls.ingest(calls.initial, 'EventType=dial-in&EventTime=1780000686000000&' + leg)
    ;[state] = calls.ingest(state, JSON.stringify({ EventType: 'hangup', EventTime: 1780000690000000, CallID: 'AB', SubCallID: '1-ab', CallFlow: 'in', CallStatus: 'CANCEL' }))
    JSON.stringify(calls.drain(state)[1].map(({ change, record }) => [change, record && record.kind, record && record.remoteNumber]))`
  expect(runInContext(`${code.join('')};${program}`, context)).toBe('[["registered","missed","+79160000001"]]')
})
