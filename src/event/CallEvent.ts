import type { EpochMicros, Micros } from './time.js'

/**
 * The direction of one leg, seen from the PBX's extension: a phone that rings is `incoming`,
 * a phone that dials is `outgoing`.
 *
 * @since 0.1.0
 * @category event
 */
export type Direction = 'incoming' | 'outgoing'

/**
 * What an extension is. `fax` is neither phone nor IVR nor queue: its legs give no record.
 *
 * @since 0.1.0
 * @category event
 */
export type ExtensionType = 'phone' | 'ivr' | 'queue' | 'fax'

/**
 * Who is on the line, as one event tells it. An absent fact is `undefined` or an absent key.
 * Extensions and numbers are as sent, a domain (`453*102@pbx.example`) included: the core cuts it.
 *
 * @since 0.1.0
 * @category event
 */
export interface Parties {
  /** `CallerIDNum`: an external number, `+79160000001`, or an extension, `453*102`. */
  readonly callerNumber?: string | undefined
  /** `CallerIDName`. */
  readonly callerName?: string | undefined
  /** `CalledNumber`: incoming, the extension that received this leg; outgoing, the number dialled. */
  readonly calledNumber?: string | undefined
  /** `CalledDID`: the public number by which the call entered, digits. */
  readonly did?: string | undefined
  /** `CallerExtension`: the extension that made the leg. */
  readonly callerExtension?: string | undefined
  /** `CallerExtensionID`: its numeric id. */
  readonly callerExtensionId?: string | undefined
  /** `CalledExtension`: the extension that received the leg. */
  readonly calledExtension?: string | undefined
  /** `CalledExtensionID`: its numeric id. */
  readonly calledExtensionId?: string | undefined
  /** `RemoteNumber`: the external number behind an extension-to-extension transfer. */
  readonly remoteNumber?: string | undefined
  /** `CallAPIID`: by which the vendor's API controls the live call. */
  readonly callApiId?: string | undefined
}

/**
 * A field that was sent but means nothing there: it counts as absent, and this is kept of it.
 *
 * @since 0.1.0
 * @category event
 */
export interface InvalidField {
  /** The wire's own name of the field. */
  readonly field: string
  /** What was sent, as text, cut to 256 characters. */
  readonly value: string
}

/**
 * One event of one leg: the only thing that the core knows of any PBX. A wire's decoder makes it
 * ({@link decode} for the RingMe family); everything else follows from the set of these.
 *
 * @since 0.1.0
 * @category event
 */
export interface CallEvent {
  /** `dial-in` and `dial-out` are one kind, told apart by `direction`, which a dial always has. */
  readonly kind: 'dial' | 'answer' | 'hangup'
  /** The whole call, in lower case, without `/`. */
  readonly callId: string
  /** One leg of it, in lower case, without `/`; where the PBX sent none, the leg's own extension. */
  readonly subCallId: string
  /** When it happened: microseconds since 1970. */
  readonly at: EpochMicros
  /** When it was received, if the adapter says so (`fromMillis(Date.now())`): for waiting and forgetting only. */
  readonly receivedAt?: EpochMicros | undefined
  /** Of this leg: a dial tells it, else `CallFlow`. */
  readonly direction?: Direction | undefined
  /** Who is on the line, as the event told it. */
  readonly parties: Parties
  /** `CallStatus`, raw. On a hangup only `ANSWER` is a success. */
  readonly status?: string | undefined
  /** `Duration` of a hangup: the talk time of this leg, in microseconds. */
  readonly talkTime?: Micros | undefined
  /** `RecID`: the id of the recording, its case kept. */
  readonly recordingId?: string | undefined
  /** `Bridged`: was the call accepted by some phone of the PBX. */
  readonly bridged?: 'yes' | 'no' | undefined
  /** `Transfered=yes`: this outgoing leg is a transfer or a forward. */
  readonly transferred?: true | undefined
  /** `CallBackID`: the call was started through the API. */
  readonly callBackId?: string | undefined
  /** `ExtType`, added by the subscription's URL. */
  readonly extensionType?: ExtensionType | undefined
  /** The PBX's call history told this event, no webhook: it counts only for what no webhook told (R-history). */
  readonly toldBy?: 'history' | undefined
  /** What was sent and means nothing, in the order of the wire's fields. */
  readonly invalid?: ReadonlyArray<InvalidField> | undefined
}
