import type { Direction, Parties } from './CallEvent.js'

/** What stands before the first `@`; nothing if that is empty. */
export const cutDomain = (name: string | undefined): string | undefined => {
  if (name === undefined) return undefined
  const at = name.indexOf('@')
  if (at === -1) return name
  return at === 0 ? undefined : name.slice(0, at)
}

const DASH = 45

const isDigits = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 48 || code > 57) return false
  }
  return text.length > 0
}

/** The numeric extension id that stands before the dash of a SubCallID: `85219` of `85219-e6bd…`. */
export const numericId = (subCallId: string): string | undefined => {
  const dash = subCallId.indexOf('-')
  if (dash <= 0) return undefined
  const id = subCallId.slice(0, dash)
  return isDigits(id) ? id : undefined
}

/** Does the numeric id of an extension, if there is one, stand before the dash of a SubCallID? */
const hasNumericId = (subCallId: string, id: string | undefined): boolean =>
  id !== undefined && subCallId.charCodeAt(id.length) === DASH && subCallId.startsWith(id) && isDigits(id)

/**
 * By which of the two columns of R-ext the called extension is found: a phone is reached by its number,
 * an IVR or a queue also by a public number, so there the extension's own name comes first.
 */
export type ExtRule = 'phone' | 'ivr-or-queue'

const calledOne = (parties: Parties, rule: ExtRule): string | undefined =>
  rule === 'phone'
    ? cutDomain(parties.calledNumber) ?? cutDomain(parties.calledExtension)
    : cutDomain(parties.calledExtension) ?? cutDomain(parties.calledNumber)

/**
 * R-ext: the event's own extension, the one that sent it, is the one whose numeric id stands before the
 * dash of `SubCallID`: `CallerExtension` if that is `CallerExtensionID`, the called one if it is
 * `CalledExtensionID`. Else by flow: *in* the called one, *out* `CallerExtension`, else `CallerIDNum`.
 */
export const ownExtension = (
  subCallId: string,
  direction: Direction | undefined,
  parties: Parties,
  rule: ExtRule
): string | undefined => {
  if (hasNumericId(subCallId, parties.callerExtensionId)) {
    const caller = cutDomain(parties.callerExtension)
    if (caller !== undefined) return caller
  }
  if (hasNumericId(subCallId, parties.calledExtensionId)) {
    const called = calledOne(parties, rule)
    if (called !== undefined) return called
  }
  switch (direction) {
    case 'incoming':
      return calledOne(parties, rule)
    case 'outgoing':
      return cutDomain(parties.callerExtension) ?? cutDomain(parties.callerNumber)
    case undefined:
      return undefined
  }
}

/** R-ext: did the caller's extension send the events of the leg, rather than the called one? */
export const isCallersLeg = (subCallId: string, direction: Direction | undefined, parties: Parties): boolean => {
  if (hasNumericId(subCallId, parties.callerExtensionId) && cutDomain(parties.callerExtension) !== undefined) return true
  return !hasNumericId(subCallId, parties.calledExtensionId) && direction !== 'incoming'
}

/** The digits of a number, and nothing else of it. */
export const digitsOf = (number: string | undefined): string => (number === undefined ? '' : number.replace(/\D/g, ''))
