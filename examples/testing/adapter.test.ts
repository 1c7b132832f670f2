import { ledger } from 'call-legs'
import { changesOf, disorder, streams } from 'call-legs/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crm, hastyCrm, type Crm } from './crm.js'

/** The events of up to six calls, in any order, some of them twice. */
const worstDay = streams().chain(({ events }) => disorder(events, { repeats: 5 }))

const countsEachTalkOnce = (open: () => Crm) =>
  fc.property(worstDay, (events) => {
    const { take, talks } = open()
    changesOf([...events, { tick: Infinity }]).forEach(take)
    expect(talks()).toBe(ledger({})(events).records.filter(({ successful }) => successful).length)
  })

test('each talk is in the CRM once, whatever the order in which the events come', () => {
  fc.assert(countsEachTalkOnce(crm))
})

test('an adapter that adds up what it hears is found out, by a single call', () => {
  const { failed, counterexample } = fc.check(countsEachTalkOnce(hastyCrm), { seed: 1 })
  expect(failed).toBe(true)
  const [events] = counterexample ?? [[]]
  expect(new Set(events.map(({ CallID }) => CallID)).size).toBe(1)
  expect(events.length).toBeLessThanOrEqual(4)
})
