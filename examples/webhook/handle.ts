/** What every server beside this file is given. A service of yours stores an event instead of printing it. */
import { webhook, webhookFailureMessage } from 'call-legs/webhook'

export const handle = webhook({
  secret: process.env['HOOK_SECRET'] ?? 'open sesame',
  onEvent: ({ event }) => console.log(event.kind, event.callId),
  onUndecodable: ({ text, error }) => console.error('no event:', error.reason, text),
  onFailure: (failure) => console.error(webhookFailureMessage(failure))
})

export const port = Number(process.env['PORT'] ?? 8080)
