import {
  clickToCall,
  historyPages,
  outcome,
  type AccessError,
  type ClickToCall,
  type ClickToCallError,
  type EpochMicros,
  type Extension,
  type HistoryPage,
  type HistoryRange,
  type Json,
  type LegRecord,
  type Outcome,
  type Placed,
  type RecordingError,
  type Subscriptions
} from 'call-legs'
import { restPorts } from 'call-legs/rest'
import type { PbxAccess } from './Settings.js'

/** What the bridge asks of the PBX. */
export interface Pbx {
  readonly extensions: () => Promise<Outcome<AccessError, ReadonlyArray<Extension>>>
  readonly place: (call: ClickToCall, context: Json | undefined) => Promise<Outcome<ClickToCallError, Placed>>
  /** The call history of a range of time, page by page. */
  readonly history: (range: HistoryRange, signal: AbortSignal) => AsyncIterable<Outcome<AccessError, HistoryPage>>
  readonly recordingUrl: (record: LegRecord) => Promise<Outcome<RecordingError, string>>
  readonly subscriptions: Subscriptions
}

/** For how long the list of extensions is taken to be right, in milliseconds. */
const FRESH = 600_000

/** How long anybody in a browser may be kept waiting, in milliseconds. */
const PATIENCE = 15_000

/** In microseconds. */
const HOUR = 3_600_000_000

export const pbxAccess = (access: PbxAccess, now: () => EpochMicros): Pbx => {
  const ports = restPorts(access)
  // nobody waits for the history: the hourly limit may end first
  const patient = restPorts({ ...access, rateLimitWait: HOUR })
  let listed: { readonly at: number; readonly extensions: ReadonlyArray<Extension> } | undefined

  const extensions: Pbx['extensions'] = async () => {
    if (listed !== undefined && performance.now() - listed.at < FRESH) return { ok: true, value: listed.extensions }
    const answer = await outcome(ports.extensions({ signal: AbortSignal.timeout(PATIENCE) }))
    if (answer.ok) listed = { at: performance.now(), extensions: answer.value }
    return answer
  }

  return {
    extensions,
    place: async (call, context) => {
      const known = await extensions()
      if (!known.ok) return known
      const place = clickToCall({ callback: ports.callback, extensions: known.value, now })
      return outcome(place(call, context, { signal: AbortSignal.timeout(PATIENCE) }))
    },
    recordingUrl: (record) => outcome(ports.recordingUrlOf(record, { signal: AbortSignal.timeout(PATIENCE) })),
    history: (range, signal) => historyPages(patient.historyList, range, { signal }),
    subscriptions: ports.subscriptions
  }
}
