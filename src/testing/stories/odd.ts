import type { ReadonlyNonEmptyArray } from 'fp-ts/lib/ReadonlyNonEmptyArray.js'
import { domain, type Company } from '../Company.js'
import { drawClient, listening, ringing, talk } from '../draws.js'
import { story, type Story } from '../Story.js'
import type { WireEvent } from '../wire.js'

/** A hangup that the PBX never sends: of a talk, of a phone that rings, of an outgoing call, of a queue. */
export const neverClosed: Story = {
  ...story('a leg never closes', (draw, { ring, dial, answer, hangup, wait, becomes }, company) => {
    const client = drawClient(draw, company)
    const phone = draw.pick(company.phones)
    const open = draw.pick(['talk', 'ringing', 'outgoing', 'outgoing talk', 'queue'])
    if (open === 'outgoing' || open === 'outgoing talk') {
      const leg = becomes('answered', dial(phone, client.number))
      wait(ringing(draw))
      if (open === 'outgoing talk') answer(leg)
      return
    }
    const queue = open === 'queue' ? draw.pick(company.queues) : undefined
    if (queue !== undefined) ring(queue, client)
    const leg = becomes('answered', ring(phone, { ...client, through: queue }))
    wait(ringing(draw))
    if (open === 'ringing') return
    answer(leg)
    if (open === 'talk') return
    wait(talk(draw))
    hangup(leg, 'ANSWER')
  }),
  healthy: false
}

/** What else the PBX tells its subscribers; the Call interactive request has neither a SubCallID nor a time. */
const remarks = ({ phones: [phone], ivrs: [ivr] }: Company): ReadonlyNonEmptyArray<{ readonly fields: WireEvent; readonly timed?: boolean }> => [
  { fields: { EventType: 'message-in', CallerIDNum: '+79160000001', CalledNumber: phone.name, Text: 'Перезвоните, пожалуйста' } },
  { fields: { EventType: 'message-out', CallerIDNum: phone.name, CalledNumber: '+79160000001', Text: 'OK' } },
  { fields: { EventType: 'voicemail', CallerIDNum: '+79160000002', CalledExtension: `${phone.name}@${domain}` } },
  { fields: { event_type: 'call-status-change', status: 'ringing', extension_id: phone.id } },
  {
    fields: {
      EventType: 'call_interactive', CallFlow: 'IN', CallStatus: 'ANSWER', CallerIDNum: '+79160000003', CalledNumber: ivr.name,
      CalledExtension: `${ivr.name}@${domain}`, CalledExtensionID: ivr.id
    },
    timed: false
  }
]

/** Fields that nobody has documented. */
const unknownFields: ReadonlyNonEmptyArray<WireEvent> = [
  {}, { AccountName: 'ООО «Ромашка»', TariffID: '17' }, { 'X-Trace': 'a=1&b=2', event_version: '2' }
]

export const ignoredBetween = story('ignored events and unknown fields between', (draw, script, company) => {
  const { ring, answer, hangup, leave, wait, remark, garnish, becomes } = script
  const client = drawClient(draw, company)
  garnish(draw.pick(unknownFields))
  const say = (): void => {
    if (!draw.chance(0.8)) return
    const { fields, timed } = draw.pick(remarks(company))
    remark(fields, timed)
  }
  const ivr = draw.chance(0.5) ? draw.pick(company.ivrs) : undefined
  const greeting = ivr && ring(ivr, client)
  say()
  if (greeting !== undefined) wait(listening(draw))
  const leg = becomes('answered', ring(draw.pick(company.phones), { ...client, through: ivr }))
  wait(ringing(draw))
  say()
  answer(leg)
  wait(talk(draw))
  hangup(leg, 'ANSWER')
  say()
  if (greeting !== undefined) leave(greeting, 'yes')
})
