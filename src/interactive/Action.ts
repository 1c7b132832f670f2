/**
 * Sets a variable of the IVR, which its later rules use: a transfer's destination, say.
 *
 * @since 0.1.0
 * @category interactive
 */
export interface SetVar {
  readonly action: 'SetVar'
  /** A letter or `_`, then letters, digits and `_`. */
  readonly name: string
  /** Any text of one line, `453*102`. */
  readonly value: string
}

/**
 * Goes on with an option of a context of the IVR.
 *
 * @since 0.1.0
 * @category interactive
 */
export interface Jump {
  readonly action: 'Jump'
  /** The context's id. */
  readonly context: string
  /** `start`, a digit … */
  readonly option: string
}

/**
 * Waits.
 *
 * @since 0.1.0
 * @category interactive
 */
export interface Pause {
  readonly action: 'Pause'
  /** Whole seconds, 1 to 3600. */
  readonly seconds: number
}

/**
 * Sets how the caller is shown to those who are called.
 *
 * @since 0.1.0
 * @category interactive
 */
export interface SetCaller {
  readonly action: 'SetCaller'
  /** What phones show as the name. */
  readonly name: string
  /** What phones show as the number. */
  readonly number: string
}

/**
 * Plays a sound.
 *
 * @since 0.1.0
 * @category interactive
 */
export interface PlaySound {
  readonly action: 'PlaySound'
  /** The name of the sound's file, as the PBX's list of sounds has it: without a folder. */
  readonly file: string
  /** The vendor's word. */
  readonly where: 'foreground' | 'background'
  /** The variable that takes the digits which are dialled meanwhile. */
  readonly digits?: string
}

/**
 * Calls a number, past the extension's own settings and rules. Ends the list.
 *
 * @since 0.1.0
 * @category interactive
 */
export interface SimpleTransfer {
  readonly action: 'SimpleTransfer'
  /** An extension or a number. */
  readonly to: string
  /** Whether the call ends if nobody answers; else the IVR goes on. */
  readonly final: boolean
  /** For how long it rings: whole seconds, 1 to 3600. */
  readonly timeout: number
}

/**
 * Speaks a text. Ends the list.
 *
 * @since 0.1.0
 * @category interactive
 */
export interface Tts {
  readonly action: 'TTS'
  /** At most 4096 characters. Its line ends are read as `\n`. */
  readonly text: string
  /** `ru-RU`. */
  readonly language: string
  /** The vendor's `play_now`. */
  readonly playNow: boolean
}

/**
 * Ends the call. Ends the list.
 *
 * @since 0.1.0
 * @category interactive
 */
export interface Hangup {
  readonly action: 'Hangup'
}

/**
 * What the IVR does, one after the other.
 *
 * @since 0.1.0
 * @category interactive
 */
export type Step = SetVar | Jump | Pause | SetCaller | PlaySound

/**
 * What comes last, if anything: nothing is done after it.
 *
 * @since 0.1.0
 * @category interactive
 */
export type Ending = SimpleTransfer | Tts | Hangup

/**
 * Everything that an IVR can be told to do.
 *
 * @since 0.1.0
 * @category interactive
 */
export type Action = Step | Ending
