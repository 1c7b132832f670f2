import fc from 'fast-check'
import { expect, test } from 'vitest'
import { appoint, byAppointment, emptySchedule, takeDue, type Appointment, type Schedule, type Waiting } from '../../src/correlator/schedule.js'

type Move =
  | { readonly move: 'appoint'; readonly back: number; readonly waiting: Waiting; readonly callId: string; readonly at: number }
  | { readonly move: 'take'; readonly back: number; readonly now: number }

/** A version of the schedule, and what must be in it. */
interface Version {
  readonly schedule: Schedule
  readonly model: ReadonlyArray<Appointment>
}

const back = fc.constantFrom(0, 0, 0, 0, 1, 2, 5)

const moveArb: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      move: fc.constant('appoint' as const),
      back,
      waiting: fc.constantFrom<Waiting>('open', 'quiet', 'gone'),
      callId: fc.constantFrom('a', 'b', 'c'),
      at: fc.nat(50)
    })
  },
  { weight: 1, arbitrary: fc.record({ move: fc.constant('take' as const), back, now: fc.nat(50) }) }
)

/** Without what they wait for. */
const sorted = (appointments: ReadonlyArray<Appointment>) => appointments.map(({ at, callId }) => ({ at, callId })).sort(byAppointment)

/** Who stood in a queue waits for what that queue is for. */
const expectTrue = (due: ReadonlyArray<Appointment>, model: ReadonlyArray<Appointment>): void => {
  for (const appointment of due) if (appointment.waiting !== undefined) expect(model).toContainEqual(appointment)
}

const first = (model: ReadonlyArray<Appointment>): number => Math.min(...model.map(({ at }) => at))

const moved = ({ schedule, model }: Version, move: Move): Version => {
  if (move.move === 'appoint') {
    const { at, callId, waiting } = move
    return { schedule: appoint(schedule, waiting, callId, at), model: [...model, { at, callId, waiting }] }
  }
  const [due, rest] = takeDue(schedule, move.now)
  expect(sorted(due)).toEqual(sorted(model.filter(({ at }) => at <= move.now)))
  expectTrue(due, model)
  return { schedule: rest, model: model.filter(({ at }) => at > move.now) }
}

test('what was appointed comes, once, when its time has come; older versions stay as they were', () => {
  fc.assert(
    fc.property(fc.array(moveArb, { maxLength: 80 }), (moves) => {
      const versions: Array<Version> = [{ schedule: emptySchedule, model: [] }]
      for (const move of moves) {
        const from = versions[Math.max(0, versions.length - 1 - move.back)]
        if (from === undefined) continue
        versions.push(moved(from, move))
      }
      for (const { schedule, model } of versions) {
        expect(schedule.first).toBe(first(model))
        expect(sorted(takeDue(schedule, Infinity)[0])).toEqual(sorted(model))
      }
    }),
    { numRuns: 500 }
  )
})

test('thousands of appointments that come in order, and go', () => {
  let schedule = emptySchedule
  let taken = 0
  for (let at = 0; at < 20_000; at++) {
    const [due, rest] = takeDue(appoint(schedule, 'quiet', String(at), at), at - 100)
    schedule = rest
    taken += due.length
  }
  expect(taken).toBe(19_900)
  expect(takeDue(schedule, Infinity)[0].map(({ at }) => at)).toEqual(Array.from({ length: 100 }, (_, i) => 19_900 + i))
})
