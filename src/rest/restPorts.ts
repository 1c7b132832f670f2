import type { CallbackPort } from '../ports/Callback.js'
import type { DirectoryPort } from '../ports/Directory.js'
import type { HistoryPort } from '../ports/History.js'
import type { Subscriptions } from '../ports/Subscriptions.js'
import type { HistoryListPort } from '../ports/HistoryList.js'
import { callbackPort } from './callback.js'
import { newClient } from './client.js'
import { directoryPort } from './extensions.js'
import { historyPort } from './history.js'
import { historyListPort } from './historyList.js'
import { recordingAccess, type RecordingAccess } from './recording.js'
import { subscriptionsPort } from './subscriptions.js'
import { restSettings, type RestOptions } from './RestOptions.js'

/**
 * The ports over the vendor's REST API. They share one token.
 *
 * @since 0.1.0
 * @category rest
 */
export interface RestPorts extends RecordingAccess {
  /** Click-to-call. Never sent twice; an answer that did not come makes it `perhaps-placed`. */
  readonly callback: CallbackPort
  /** One call of the PBX's own history, by its CallID. */
  readonly history: HistoryPort
  /** The call history of a range of time, page by page. */
  readonly historyList: HistoryListPort
  /** The extensions; {@link directoryOf} makes the correlator's directory of them. */
  readonly extensions: DirectoryPort
  /** What makes the PBX send events. */
  readonly subscriptions: Subscriptions
}

/**
 * The ports over the vendor's REST API (RingMe, UCom4B). Nothing is sent before a port is used.
 *
 * @example
 * import { outcome } from 'call-legs'
 * import { restPorts } from 'call-legs/rest'
 * const answers: Record<string, unknown> = {
 *   '/oauth/token': { access_token: 'a-token', token_type: 'Bearer', expires_in: 3600 },
 *   '/api/ver1.0/client/@me/record/85219-0f1e/storage_url/': { record_url: 'https://pbx.example/85219-0f1e.mp3' }
 * }
 * const pbx = restPorts({
 *   baseUrl: 'https://pbx.example',
 *   clientId: 'an-id',
 *   clientSecret: 'a-secret',
 *   fetch: async (url) => ({
 *     status: 200,
 *     headers: { get: () => null },
 *     text: async () => JSON.stringify(answers[url.slice('https://pbx.example'.length)])
 *   })
 * })
 * assert.deepStrictEqual(await outcome(pbx.recordingUrl({ recordingId: '85219-0f1e' })), {
 *   ok: true,
 *   value: 'https://pbx.example/85219-0f1e.mp3'
 * })
 *
 * @since 0.1.0
 * @category rest
 */
export const restPorts = (options: RestOptions): RestPorts => {
  const settings = restSettings(options)
  const client = newClient(settings)
  const history = historyPort(client, settings.client)
  return {
    callback: callbackPort(client),
    history,
    historyList: historyListPort(client, settings.client),
    extensions: directoryPort(client, settings.client),
    subscriptions: subscriptionsPort(client),
    ...recordingAccess(client, settings, history)
  }
}
