import {
  clickToCall,
  outcome,
  type AccessError,
  type ClickToCall,
  type ClickToCallError,
  type EpochMicros,
  type Extension,
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
  readonly recordingUrl: (record: LegRecord) => Promise<Outcome<RecordingError, string>>
  readonly subscriptions: Subscriptions
}

/** For how long the list of extensions is taken to be right, in milliseconds. */
const FRESH = 600_000

/** How long anybody in a browser may be kept waiting, in milliseconds. */
const PATIENCE = 15_000

export const pbxAccess = (access: PbxAccess, now: () => EpochMicros): Pbx => {
  const ports = restPorts(access)
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
    subscriptions: ports.subscriptions
  }
}
