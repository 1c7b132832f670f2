/** Writes whatever comes in into a file, one event a line: `npx call-legs classify captured.ndjson`. */
import { appendFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { webhook, webhookFailureMessage, type Delivery, type IgnoredDelivery } from 'call-legs/webhook'

const write = (line: string): void => appendFileSync(process.env['CAPTURE'] ?? 'captured.ndjson', `${line}\n`)

/** An event without a time of its own happened when it was received, and the file must say when that was. */
const writeFields = ({ fields, receivedAt }: Delivery | IgnoredDelivery): void =>
  write(JSON.stringify({ EventTime: String(receivedAt), ...fields }))

const handle = webhook({
  secret: process.env['HOOK_SECRET'] ?? 'open sesame',
  onEvent: writeFields,
  onIgnored: writeFields,
  onUndecodable: ({ text }) => write(text.replaceAll(/[\r\n]+/g, ' ')),
  onFailure: (failure) => console.error(webhookFailureMessage(failure))
})

serve({ fetch: handle, port: Number(process.env['PORT'] ?? 8080), hostname: '127.0.0.1' })
