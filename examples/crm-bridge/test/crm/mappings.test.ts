import fc from 'fast-check'
import { ledger, type CallRecord } from 'call-legs'
import { describe, expect, test } from 'vitest'
import { directory, healthyCallArb, wildCallArb } from '../../../../test/pbx/index.js'
import { activityOf, type Activity } from '../../src/crm/Activity.js'
import { amoCall, amoUnsorted } from '../../src/crm/amocrm.js'
import { bitrixFinish, bitrixRegister } from '../../src/crm/bitrix24.js'
import { hubspotInput } from '../../src/crm/hubspot.js'

const records = ledger({ directory })

/** The activities of any call, with the record of each. */
const activities = fc
  .oneof(healthyCallArb, wildCallArb)
  .map(({ events }) => records(events).records.flatMap((record): ReadonlyArray<readonly [CallRecord, Activity]> => {
    const activity = activityOf(record)
    return activity === undefined ? [] : [[record, activity]]
  }))

/** Whatever the calls of a PBX come to, said of each record. */
const always = (says: (record: CallRecord, activity: Activity) => void): void => {
  fc.assert(fc.property(activities, (some) => some.forEach(([record, activity]) => says(record, activity))), { numRuns: 300 })
}

describe('whatever a record is', () => {
  test('an activity is its record\'s, of one client, with whole seconds that are 0 where nobody talked', () =>
    always((record, activity) => {
      expect(activity.id).toBe(record.id)
      expect(activity.client).toMatch(/^(\+\d{10,}|\d{1,9})$/)
      expect(Number.isInteger(activity.duration) && activity.duration >= 0).toBe(true)
      expect(activity.outcome === 'talked').toBe(record.successful)
      if (!record.successful) expect(activity.duration).toBe(0)
      if (activity.client.length > 6) expect(activity.sentence).not.toContain(activity.client.slice(1))
    }))

  test('amoCRM says that somebody talked where somebody did', () =>
    always((record, activity) => {
      const call = amoCall(activity, { source: 'PBX' })
      expect(call.call_status === 4).toBe(record.successful)
      expect(call.uniq).toBe(record.id)
      expect(amoUnsorted(activity, { source: 'PBX' }).metadata.uniq).toBe(record.id)
      if (call.created_at !== undefined) expect(String(call.created_at)).toMatch(/^\d{10}$/)
    }))

  test('Bitrix24 does too, and shows nobody a card', () =>
    always((record, activity) => {
      const [register, finish] = [bitrixRegister(activity, { USER_ID: 1 }, true), bitrixFinish(activity, { USER_ID: 1 }, 'c')]
      expect(finish.STATUS_CODE === '200').toBe(record.successful)
      expect([register.SHOW, register.ADD_TO_CHAT, finish.ADD_TO_CHAT, register.EXTERNAL_CALL_ID]).toEqual([0, 0, 0, record.id])
      expect(register.TYPE === 1 || register.TYPE === 4).toBe(activity.direction === 'outbound')
    }))

  test('HubSpot does too, with a moment and milliseconds', () =>
    always((record, activity) => {
      const { id, properties } = hubspotInput(activity, { idProperty: 'call_legs_id' })
      expect([id, properties['call_legs_id']]).toEqual([record.id, record.id])
      expect(properties['hs_call_status'] === 'COMPLETED').toBe(record.successful)
      expect(properties['hs_call_duration']).toBe(String(activity.duration * 1000))
      expect(properties['hs_timestamp']).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    }))

  test('ids are unique in a call: a queue that rings many phones is one miss', () => {
    fc.assert(
      fc.property(activities, (some) => {
        const ids = some.map(([, { id }]) => id)
        expect(new Set(ids).size).toBe(ids.length)
        expect(some.filter(([{ kind }]) => kind === 'missed').length).toBeLessThan(2)
      }),
      { numRuns: 300 }
    )
  })
})
