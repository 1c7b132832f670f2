/** The vendor's fields of one event, as they were sent. */
export interface Sent {
  EventType: unknown
  event_type: unknown
  CallID: unknown
  SubCallID: unknown
  EventTime: unknown
  CallFlow: unknown
  CallStatus: unknown
  CallerIDNum: unknown
  CallerIDName: unknown
  CalledNumber: unknown
  CalledDID: unknown
  CallerExtension: unknown
  CallerExtensionID: unknown
  CalledExtension: unknown
  CalledExtensionID: unknown
  CallAPIID: unknown
  Duration: unknown
  RecID: unknown
  Bridged: unknown
  Transfered: unknown
  RemoteNumber: unknown
  CallBackID: unknown
  ExtType: unknown
  ToldBy: unknown
}

/**
 * Each field in its place. Objects come in hundreds of shapes, and to ask one for each of its fields took longer than
 * all the rest of decoding: 0.4 of 1.2 µs, of which this leaves 0.1.
 */
export const sentOf = (fields: Readonly<Record<string, unknown>>): Sent => {
  const sent: Sent = {
    EventType: undefined,
    event_type: undefined,
    CallID: undefined,
    SubCallID: undefined,
    EventTime: undefined,
    CallFlow: undefined,
    CallStatus: undefined,
    CallerIDNum: undefined,
    CallerIDName: undefined,
    CalledNumber: undefined,
    CalledDID: undefined,
    CallerExtension: undefined,
    CallerExtensionID: undefined,
    CalledExtension: undefined,
    CalledExtensionID: undefined,
    CallAPIID: undefined,
    Duration: undefined,
    RecID: undefined,
    Bridged: undefined,
    Transfered: undefined,
    RemoteNumber: undefined,
    CallBackID: undefined,
    ExtType: undefined,
    ToldBy: undefined
  }
  for (const field in fields) {
    switch (field) {
      case 'EventType':
        sent.EventType = fields[field]
        break
      case 'event_type':
        sent.event_type = fields[field]
        break
      case 'CallID':
        sent.CallID = fields[field]
        break
      case 'SubCallID':
        sent.SubCallID = fields[field]
        break
      case 'EventTime':
        sent.EventTime = fields[field]
        break
      case 'CallFlow':
        sent.CallFlow = fields[field]
        break
      case 'CallStatus':
        sent.CallStatus = fields[field]
        break
      case 'CallerIDNum':
        sent.CallerIDNum = fields[field]
        break
      case 'CallerIDName':
        sent.CallerIDName = fields[field]
        break
      case 'CalledNumber':
        sent.CalledNumber = fields[field]
        break
      case 'CalledDID':
        sent.CalledDID = fields[field]
        break
      case 'CallerExtension':
        sent.CallerExtension = fields[field]
        break
      case 'CallerExtensionID':
        sent.CallerExtensionID = fields[field]
        break
      case 'CalledExtension':
        sent.CalledExtension = fields[field]
        break
      case 'CalledExtensionID':
        sent.CalledExtensionID = fields[field]
        break
      case 'CallAPIID':
        sent.CallAPIID = fields[field]
        break
      case 'Duration':
        sent.Duration = fields[field]
        break
      case 'RecID':
        sent.RecID = fields[field]
        break
      case 'Bridged':
        sent.Bridged = fields[field]
        break
      case 'Transfered':
        sent.Transfered = fields[field]
        break
      case 'RemoteNumber':
        sent.RemoteNumber = fields[field]
        break
      case 'CallBackID':
        sent.CallBackID = fields[field]
        break
      case 'ToldBy':
        sent.ToldBy = fields[field]
        break
      case 'ExtType':
        sent.ExtType = fields[field]
        break
    }
  }
  return sent
}
