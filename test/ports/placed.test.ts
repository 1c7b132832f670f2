import { describe, expect, test } from 'vitest'
import { clickToCall, correlator, directoryOf, outcome, sortLedger, type CallRecord, type Change, type Placed } from '../../src/index.js'
import { restPorts } from '../../src/rest/index.js'
import { company } from '../vendor/company.js'
import { eventsOfPlaced } from '../vendor/events.js'
import { startVendor } from '../vendor/Vendor.js'

const NOW = 1_780_000_686_000_000

/** A click on a number of deal 42, placed by the vendor's stand-in: what the correlator is told, and what the PBX sends then. */
const clicked = async (status?: string) => {
  const vendor = await startVendor(company)
  try {
    const { callback, extensions } = restPorts({ baseUrl: vendor.url, clientId: vendor.clientId, clientSecret: vendor.clientSecret })
    const listed = await outcome(extensions())
    if (!listed.ok) throw new Error(listed.error.kind)
    const call = clickToCall({ callback, extensions: listed.value, now: () => NOW })
    const placed = await outcome(call({ source: '102', destination: '+79160000001' }, { deal: 42 }))
    const [asked] = vendor.placed()
    if (!placed.ok || asked === undefined) throw new Error('not placed')
    const events = eventsOfPlaced(asked, { at: NOW + 300_000, ...(status === undefined ? {} : { status }) })
    return { placed: placed.value, events, directory: directoryOf(listed.value) }
  } finally {
    await vendor.close()
  }
}

/** The ledger of a run in which the application's word comes after so many events. */
const ledgerOf = (
  { placed, events, directory }: { placed: Placed; events: ReadonlyArray<unknown>; directory: ReturnType<typeof directoryOf> },
  wordAfter: number
): ReadonlyArray<CallRecord> => {
  const { initial, ingest, placed: told, drain } = correlator({ directory })
  const changes: Array<Change> = []
  let state = initial
  const go = ([next, said]: readonly [typeof state, ReadonlyArray<Change>]): void => {
    state = next
    changes.push(...said)
  }
  events.forEach((event, n) => {
    if (n === wordAfter) go(told(state, placed))
    go(ingest(state, event))
  })
  if (wordAfter >= events.length) go(told(state, placed))
  go(drain(state))
  const ledger = new Map<string, CallRecord>()
  for (const change of changes) {
    if (change.change === 'registered' || change.change === 'revised') ledger.set(change.record.id, change.record)
    else if (change.change === 'retracted') ledger.delete(change.previous.id)
    else throw new Error(change.change)
  }
  return sortLedger([...ledger.values()])
}

describe('R-callback: the records of a call that was placed carry its id and the application\'s context', () => {
  for (const [when, wordAfter] of [['the answer comes first', 0], ['the first event comes first', 1], ['the answer comes last of all', 3]] as const) {
    test(`${when}: a talk`, async () => {
      const call = await clicked()
      expect(ledgerOf(call, wordAfter)).toMatchObject([
        {
          kind: 'callback',
          callId: call.placed.callId,
          direction: 'outgoing',
          extension: '453*102',
          remoteNumber: '+79160000001',
          talkTime: 42_000_000,
          callBackId: call.placed.callId,
          context: { deal: 42 }
        }
      ])
    })

    test(`${when}: nobody picks up`, async () => {
      const call = await clicked('NOANSWER')
      expect(ledgerOf(call, wordAfter)).toMatchObject([
        { kind: 'unsuccessful', cause: 'no-answer', callBackId: call.placed.callId, context: { deal: 42 } }
      ])
    })
  }
})
