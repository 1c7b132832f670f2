import { seconds } from '../../event/time.js'
import type { Company, Extension } from '../Company.js'
import { endOfTalk, listening, ringing, rounds, talk, unanswered } from '../draws.js'
import type { Draw } from '../Draw.js'
import { asCaller, type Caller, type Script } from '../Script.js'
import { ringInVain, talkWithClient, type Talk } from '../stages.js'
import { story } from '../Story.js'
import type { Leg } from '../wire.js'

/** What the phone that gets a client by #1 or *2 shows: the colleague calls, the client stands behind. */
const handedOn = ({ phone, client }: Talk): Caller => ({ ...asCaller(phone), remote: client.number })

export const blindTransfer = story('blind transfer (#1)', (draw, script, company) => {
  const { ring, answer, hangup, wait, becomes } = script
  const talking = talkWithClient(draw, script, company)
  const colleague = draw.other(company.phones, talking.phone)
  const target = (): Leg => becomes('transferred', ring(colleague, handedOn(talking)))
  const early = draw.chance(0.5) ? target() : undefined
  hangup(talking.leg, endOfTalk(draw))
  talking.close()
  const next = early ?? target()
  wait(ringing(draw))
  if (draw.chance(0.5)) return hangup(next, unanswered(draw))
  answer(next)
  wait(talk(draw))
  hangup(next, 'ANSWER')
}, 4)

interface Asked {
  readonly talking: Talk
  readonly leg: Leg
  readonly answer: () => void
  readonly hangup: (status: string) => void
}

/** The colleague's phone rings while the client waits; whether the asking phone's own leg is seen differs. */
const ask = (draw: Draw, script: Script, company: Company): Asked => {
  const talking = talkWithClient(draw, script, company)
  const target: Extension = draw.other(company.phones, talking.phone)
  const asking = !draw.small && draw.chance(0.5) ? script.dial(talking.phone, target.name, { reaches: target }) : undefined
  const leg = script.ring(target, handedOn(talking))
  script.wait(ringing(draw))
  return {
    talking,
    leg,
    answer: () => {
      script.answer(leg)
      if (asking !== undefined) script.answer(asking)
    },
    hangup: (status) => {
      if (asking !== undefined) script.hangup(asking, status)
    }
  }
}

export const attendedTransfer = story('attended transfer (*2)', (draw, script, company) => {
  const asked = ask(draw, script, company)
  script.becomes('transferred', asked.leg)
  asked.answer()
  script.wait(talk(draw))
  script.hangup(asked.talking.leg, 'ANSWER')
  asked.hangup('ANSWER')
  asked.talking.close()
  script.wait(talk(draw))
  script.hangup(asked.leg, endOfTalk(draw))
})

export const consultation = story('consultation that came to nothing (*2)', (draw, script, company) => {
  const asked = ask(draw, script, company)
  const answered = draw.chance(0.5)
  if (answered) {
    asked.answer()
    script.wait(talk(draw))
  }
  const status = answered ? 'ANSWER' : unanswered(draw)
  script.hangup(asked.leg, status)
  asked.hangup(status)
  const after = talk(draw)
  // what ends with the talk was a talk of three
  if (after < seconds(5)) script.moot()
  script.wait(after)
  script.hangup(asked.talking.leg, 'ANSWER')
  asked.talking.close()
})

export const lostInQueueAfterTransfer = story('transfer into a queue where the caller is lost', (draw, script, company) => {
  const { ring, leave, hangup, wait, missed } = script
  const talking = talkWithClient(draw, script, company)
  const queue = draw.pick(company.queues)
  // the queue sees the client himself, or the phone that passed him on, with or without the client behind it
  const asClient: Caller = { number: talking.client.number, through: talking.phone }
  const caller = draw.pick([asClient, asCaller(talking.phone), handedOn(talking)])
  const early = draw.chance(0.5) ? ring(queue, caller) : undefined
  hangup(talking.leg, 'ANSWER')
  talking.close()
  const held = early ?? ring(queue, caller)
  ringInVain(script, rounds(draw, company), { ...caller, through: queue })
  wait(listening(draw))
  leave(held, 'no')
  if (!talking.byQueue) missed()
})
