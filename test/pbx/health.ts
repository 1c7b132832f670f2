import { hours, minutes, seconds, type EpochMicros } from '../../src/event/time.js'
import { smallCompany, type Extension } from '../../src/testing/Company.js'
import type { PlayedCall } from '../../src/testing/Script.js'
import { timeOf, type WireEvent } from '../../src/testing/wire.js'

/** The fields that say who is on the line: the same on each event of a healthy leg, save {@link dialOnlyFields}. */
const partyFields: ReadonlyArray<string> = [
  'CallerIDNum', 'CallerIDName', 'CalledNumber', 'CalledDID', 'CallerExtension', 'CallerExtensionID',
  'CalledExtension', 'CalledExtensionID', 'CallAPIID', 'RemoteNumber'
]

/** The vendor documents these on the dial alone. */
const dialOnlyFields: ReadonlyArray<string> = ['RemoteNumber']

const legEventTypes: ReadonlySet<string | undefined> = new Set(['dial-in', 'dial-out', 'answer', 'hangup'])

/** Does it speak of a leg? Messages, voicemail, status changes and the like do not. */
export const isLegEvent = (event: WireEvent): boolean => legEventTypes.has(event['EventType'])

const { phones, ivrs, queues } = smallCompany

/**
 * The premises of `L-calm`, checked on the wire's own fields without the library: what is wrong with a call that
 * is said to be healthy. An empty list: nothing.
 */
export const complaints = (call: PlayedCall): ReadonlyArray<string> => {
  const events = call.events.filter(isLegEvent)
  const legs = [...groupedByLeg(events)]
  return [
    ...timesThatDoNotRise(events),
    ...legs.flatMap(([leg, of]) => [wrongCourse, changedParties, unknownType, tooLong].flatMap((check) => check(leg, of))),
    ...lateCallBackId(call, events),
    ...beginsAfterTheMiss(events, isCallback(call, events))
  ]
}

const isTransferred = (event: WireEvent): boolean => event['Transfered'] === 'yes' && event['EventType'] !== 'dial-in'

const isIn = (event: WireEvent): boolean => event['CallFlow']?.toLowerCase() === 'in'

const legOf = (event: WireEvent): string => `${event['SubCallID'] ?? ''}${isTransferred(event) ? '/transferred' : ''}`

const groupedByLeg = (events: ReadonlyArray<WireEvent>): ReadonlyMap<string, ReadonlyArray<WireEvent>> =>
  events.reduce(
    (legs, event) => legs.set(legOf(event), [...(legs.get(legOf(event)) ?? []), event]),
    new Map<string, ReadonlyArray<WireEvent>>()
  )

const kindOf = (event: WireEvent): string => (event['EventType'] ?? '').replace(/^dial-.*/, 'dial')

const momentOf = (event: WireEvent | undefined): EpochMicros => (event && timeOf(event)) ?? Number.NaN

const extensionOf = (event: WireEvent): Extension | undefined =>
  [...phones, ...ivrs, ...queues].find(({ id }) => event['SubCallID']?.startsWith(`${id}-`))

const isService = (event: WireEvent): boolean => extensionOf(event)?.type !== 'phone'

const timesThatDoNotRise = (events: ReadonlyArray<WireEvent>): ReadonlyArray<string> =>
  events.flatMap((event, i) =>
    i === 0 || momentOf(event) > momentOf(events[i - 1]) ? [] : [`event ${i} is not later than the one before it`])

const wrongCourse = (leg: string, events: ReadonlyArray<WireEvent>): ReadonlyArray<string> => {
  const course = events.map(kindOf).join(', ')
  return course === 'dial, hangup' || course === 'dial, answer, hangup' ? [] : [`${leg} goes ${course}`]
}

const changedParties = (leg: string, [dial, ...rest]: ReadonlyArray<WireEvent>): ReadonlyArray<string> =>
  partyFields.flatMap((field) =>
    rest.every((event) => event[field] === dial?.[field] || (dialOnlyFields.includes(field) && event[field] === undefined))
      ? []
      : [`${leg} has several ${field}`])

const unknownType = (leg: string, events: ReadonlyArray<WireEvent>): ReadonlyArray<string> =>
  events.every((event) => extensionOf(event) !== undefined) ? [] : [`${leg} is of an extension that the company does not have`]

const tooLong = (leg: string, events: ReadonlyArray<WireEvent>): ReadonlyArray<string> => {
  const [dial, next] = events
  if (dial === undefined || next === undefined) return []
  const most = isService(dial) ? hours(2) : minutes(3)
  return momentOf(next) - momentOf(dial) < most ? [] : [`${leg} rings or is held too long`]
}

const lateCallBackId = ({ placed }: PlayedCall, events: ReadonlyArray<WireEvent>): ReadonlyArray<string> => {
  const marked = events.some((event) => event['CallBackID'] !== undefined)
  if (placed !== undefined && placed.at >= momentOf(events[0])) return ['it was placed after its first event']
  return marked && events[0]?.['CallBackID'] === undefined ? ['its first event has no CallBackID'] : []
}

const isCallback = ({ placed }: PlayedCall, events: ReadonlyArray<WireEvent>): boolean =>
  placed !== undefined || events.some((event) => event['CallBackID'] !== undefined)

/**
 * Does something hold a miss back? Whoever rings, waits in a queue or talks to the client does; in a callback an
 * outgoing leg is none of these.
 */
const holdsBack = (events: ReadonlyArray<WireEvent>, callback: boolean): boolean =>
  [...groupedByLeg(events).values()].some(([dial, ...rest]) => {
    if (dial === undefined || rest.some((event) => kindOf(event) === 'hangup')) return false
    return isService(dial) || isIn(dial) || isTransferred(dial) || (!callback && rest.some((event) => kindOf(event) === 'answer'))
  })

const beginsAfterTheMiss = (events: ReadonlyArray<WireEvent>, callback: boolean): ReadonlyArray<string> =>
  events.flatMap((event, i) => {
    const begins = kindOf(event) === 'dial' && (isIn(event) || isTransferred(event))
    const quiet = momentOf(event) - momentOf(events[i - 1])
    return i > 0 && begins && quiet >= seconds(5) && !holdsBack(events.slice(0, i), callback)
      ? [`event ${i} begins a leg after a miss may have settled`]
      : []
  })
