import fc from 'fast-check'
import type { CallEvent, Parties } from '../../src/index.js'

/**
 * Events of one call that no PBX would send: any kind, direction, party, status and time on a few legs, so
 * that rules meet which never meet in the flows of a company.
 */
const numbers = ['+79160000001', '79160000001', '+79160000002', '453*101', '453*102', '453*887', '102', '*8', 'anonymous', '@pbx.example']
const number = fc.option(fc.constantFrom(...numbers), { nil: undefined })
const id = fc.option(fc.constantFrom('101', '102', '887'), { nil: undefined })

const parties: fc.Arbitrary<Parties> = fc.record({
  callerNumber: number,
  callerName: fc.option(fc.constant('Reception'), { nil: undefined }),
  calledNumber: number,
  did: fc.option(fc.constantFrom('74950000001', '74950000002'), { nil: undefined, freq: 1 }),
  callerExtension: number,
  callerExtensionId: id,
  calledExtension: number,
  calledExtensionId: id,
  remoteNumber: fc.option(fc.constantFrom(...numbers), { nil: undefined, freq: 1 })
})

const direction = fc.constantFrom('incoming' as const, 'outgoing' as const)
const time = fc.nat({ max: 12 }).map((n) => 1_780_000_000_000_000 + n * 10_000_000)

const common = fc.record({
  callId: fc.constant('c1'),
  subCallId: fc.constantFrom('101-a', '102-a', '102-b', '887-a', 'x'),
  at: time,
  parties,
  transferred: fc.option(fc.constant(true as const), { nil: undefined, freq: 2 }),
  callBackId: fc.option(fc.constantFrom('77', '78'), { nil: undefined, freq: 1 }),
  toldBy: fc.option(fc.constant('history' as const), { nil: undefined, freq: 1 }),
  extensionType: fc.option(fc.constantFrom('phone' as const, 'queue' as const, 'fax' as const), { nil: undefined, freq: 1 })
})

const dial = fc.record({ kind: fc.constant('dial' as const), direction })
const answer = fc.record({ kind: fc.constant('answer' as const), direction: fc.option(direction, { nil: undefined }) })
const hangup = fc.record({
  kind: fc.constant('hangup' as const),
  direction: fc.option(direction, { nil: undefined }),
  status: fc.constantFrom('ANSWER', 'ANSWER', 'BUSY', 'ODD', undefined),
  talkTime: fc.option(fc.constant(7_000_000), { nil: undefined }),
  recordingId: fc.option(fc.constant('Rec-1'), { nil: undefined }),
  bridged: fc.constantFrom('yes' as const, 'no' as const, undefined, undefined)
})

export const chaosArb: fc.Arbitrary<ReadonlyArray<CallEvent>> = fc.array(
  fc.tuple(common, fc.oneof(dial, answer, hangup, hangup)).map(([facts, happening]) => ({ ...facts, ...happening })),
  { maxLength: 12 }
)
