import { anomaliesOf } from '../call/anomalies.js'
import { callBackId } from '../call/callback.js'
import { clientOf } from '../call/client.js'
import { linksOf, type Links } from '../call/links.js'
import { judge, type Judgement } from '../call/missed.js'
import type { Settings } from '../config/Config.js'
import type { EpochMicros } from '../event/time.js'
import { byStart, type Leg } from '../leg/Leg.js'
import { eventsOf } from '../leg/LegFacts.js'
import type { LegRecord } from '../record/CallRecord.js'
import { judgeLeg, type NoRecord } from '../record/legRecord.js'
import { missedRecord } from '../record/missedRecord.js'
import type { CallState } from './CallState.js'
import type { CallExplanation, LegExplanation, MissedExplanation } from './Explanation.js'
import { dueOf, giveUp, missOf, tickHeld, type HeldCall } from './HeldCall.js'

const NO_RECORD: Readonly<Record<NoRecord, string>> = {
  'no-direction': 'no record: nothing tells the direction of this leg',
  'not-recorded-here': 'no record: of an IVR, a queue or a fax only a forward outside is recorded',
  local: 'no record: a call between extensions',
  'dead-call': 'no record: it answered a call of the queue that had said Bridged=no already',
  source: 'no record: it only rang the source of a call that the PBX then placed',
  'not-answered': 'no record: this phone rang and did not answer',
  'still-open': 'no record yet: the leg has not hung up',
  'never-answered': 'no record: this phone was not answered, and never hung up',
  consultation: 'no record: a consultation that ended before the talk it came from',
  'consultation-undecided': 'no record yet: it may be a consultation, which shows when the talk it came from ends'
}

const RECORD: Readonly<Record<LegRecord['kind'], string>> = {
  answered: 'answered',
  transferred: 'a talk after a transfer',
  callback: 'a talk in a call that was started through the API',
  unsuccessful: 'unsuccessful',
  incomplete: 'incomplete: no hangup was seen'
}

const explainLeg = (settings: Settings, held: HeldCall, links: Links, leg: Leg): LegExplanation => {
  const verdict = judgeLeg(settings, held.call, links, leg)
  const because = verdict.outcome === 'record' ? verdict.record.because : verdict.because
  return {
    leg: leg.key,
    ...(leg.direction === undefined ? {} : { direction: leg.direction }),
    ...(leg.extension === undefined ? {} : { extension: leg.extension }),
    extensionType: leg.type,
    ...(leg.client === undefined ? {} : { remoteNumber: leg.client }),
    events: eventsOf(leg),
    ...(verdict.outcome === 'record' ? { record: verdict.record } : {}),
    because: leg.others.length === 0 ? because : ['R-facts', ...because],
    verdict: verdict.outcome === 'none' ? NO_RECORD[verdict.reason] : RECORD[verdict.record.kind]
  }
}

const at = (leg: Leg): string => leg.extension ?? leg.key

const explainMiss = (settings: Settings, held: HeldCall, links: Links, judgement: Judgement): MissedExplanation => {
  switch (judgement.outcome) {
    case 'nothing-speaks':
      return { because: [], verdict: 'not missed: no IVR or queue hangup says so' }
    case 'accepted':
      return { because: [judgement.deciding?.hangup.bridged === 'yes' ? 'R-deciding' : 'R-bridged-yes'], verdict: 'not missed: an IVR or queue says that the call was accepted' }
    case 'answered':
      return { because: ['R-deciding', 'R-answered'], verdict: `not missed: ${at(judgement.by)} talked to the client all the same` }
    case 'missed': {
      const place = at(judgement.deciding.leg)
      const missed = missOf(settings, held)
      if (missed !== undefined) return { record: missed, because: missed.because, verdict: `missed at ${place}` }
      const record = missedRecord(settings, held.call, links, judgement)
      return record === undefined
        ? { because: [judgement.at === 'phone' ? 'R-missed-at-phone' : 'R-missed', 'R-local'], verdict: `no record: a call between extensions, lost at ${place}` }
        : { because: record.because, verdict: `missed at ${place}, once it settles` }
    }
  }
}

const explainHeld = (settings: Settings, held: HeldCall): CallExplanation => {
  const { call } = held
  const links = linksOf(settings, call)
  const client = clientOf(links)?.client
  const id = callBackId(call)
  return {
    callId: call.callId,
    state: 'held',
    ...(client === undefined ? {} : { client }),
    ...(id === undefined ? {} : { callBackId: id }),
    legs: [...call.legs].sort(byStart).map((leg) => explainLeg(settings, held, links, leg)),
    missed: explainMiss(settings, held, links, judge(settings, call)),
    anomalies: anomaliesOf(settings, call),
    ...(call.givenUp ? {} : { due: dueOf(settings, held) })
  }
}

/** What a call comes to, as it stands; with a time, as after a tick then. */
export const explainCall = (settings: Settings, state: CallState, when: EpochMicros | undefined): CallExplanation => {
  if (state.tag === 'gone') {
    const { callId, until } = state
    const missed: MissedExplanation = { because: [], verdict: 'not known any more: the call was let go' }
    return { callId, state: 'gone', legs: [], missed, anomalies: [], due: until }
  }
  if (when === undefined) return explainHeld(settings, state)
  const [ticked] = tickHeld(settings, state, when)
  return explainHeld(settings, ticked ?? giveUp(settings, state)[0])
}
