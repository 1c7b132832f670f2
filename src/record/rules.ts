/**
 * The rules that a record or an explanation can name, each with its sentence for a person.
 *
 * @since 0.1.0
 * @category record
 */
export const RULES = {
  'R-ext': 'the extension that sent the events is the one whose id stands in the SubCallID, else it follows from the direction',
  'R-type': 'the type of the extension is known from ExtType or the directory, or follows from Bridged',
  'R-own': 'an own extension is one of the directory, or has the shape digits*digits',
  'R-leg': 'outgoing events with Transfered=yes are a leg of their own',
  'R-facts': 'of several events of a kind the earliest dial, the earliest answer and the latest hangup count, one with ANSWER first',
  'R-history': 'the PBX\'s call history told what no webhook told',
  'R-direction': 'neither a dial nor CallFlow tells the direction of this leg',
  'R-remote': 'the number of the client is the RemoteNumber behind the transfer',
  'R-local': 'the other side is an extension of the same PBX',
  'R-in': 'an incoming leg of a phone is recorded if it was answered there',
  'R-out': 'an outgoing leg to an external number is always recorded',
  'R-source': 'the leg only rang the source of a call that the PBX then placed',
  'R-success': 'only a hangup with CallStatus=ANSWER is a success',
  'R-talk': 'the talk time is the hangup\'s Duration, else hangup less answer',
  'R-transfer': 'the leg follows a transfer or a forward',
  'R-consult': 'a transfer leg that ended well before the leg it came from was only a consultation',
  'R-client': 'the client is the external number of the earliest leg',
  'R-did': 'the public number was told by another leg of the call',
  'R-callback': 'the call was started through the API',
  'R-deciding': 'of several IVR and queue hangups a queue speaks before an IVR, and of several the one that the caller entered last',
  'R-missed': 'the IVR or queue hangup says Bridged=no, and nobody talked to the client',
  'R-bridged-yes': 'an IVR or queue says Bridged=yes: the call was accepted',
  'R-answered': 'somebody talked to the client all the same',
  'R-missed-number': 'the number of a miss is the RemoteNumber, else the external caller, else the client of the call',
  'R-settle': 'a miss waits until the call is quiet and nothing rings any more',
  'R-missed-at-phone': 'the client rang phones directly and nobody answered',
  'R-expiry': 'the call was given up with something still open'
} as const

/**
 * The name of a rule.
 *
 * @since 0.1.0
 * @category record
 */
export type RuleName = keyof typeof RULES
