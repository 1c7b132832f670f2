import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mermaid } from '../../src/diagram/mermaid.js'
import { decoded } from '../laws/run.js'
import { callArb, companyConfig } from '../pbx/index.js'
import { CLIENT, incoming, outgoing } from '../rules/story.js'
import { explained } from './explained.js'

const queue = incoming(887, CLIENT, { extensionType: 'queue' })
const through = { parties: { callerExtension: '453*887@pbx.example' } }
const [one, two] = [incoming(101, CLIENT, through), incoming(102, CLIENT, through)]

test('a call by a queue: who rang whom, who answered, and what became of it', () => {
  const call = [
    queue.rings(0), one.rings(1), two.rings(1), two.answers(8), one.hangsUp(9, 'CANCEL'), queue.hangsUp(68, 'ANSWER', { bridged: 'yes' }), two.hangsUp(68, 'ANSWER')
  ]
  expect(mermaid(explained(call))).toBe(
    [
      'sequenceDiagram',
      '  participant p0 as +79160000001',
      '  participant p1 as queue 453*887',
      '  participant p2 as phone 453*101',
      '  participant p3 as phone 453*102',
      '  p0->>p1: 0:00 enters',
      '  p1->>p2: 0:01 rings',
      '  p1->>p3: 0:01 rings',
      '  p3-->>p0: 0:08 answers',
      '  p2-xp1: 0:09 hangs up CANCEL',
      '  Note over p2: no record: this phone rang and did not answer (R-in)',
      '  p1-xp0: 1:08 hangs up ANSWER, Bridged=yes',
      '  Note over p1: says Bridged=yes (R-type)',
      '  p3-xp0: 1:08 hangs up ANSWER',
      '  Note over p3: answered, talked 1:00 (R-in, R-success, R-talk)',
      ''
    ].join('\n')
  )
})

test('a miss is noted where it was lost', () => {
  expect(mermaid(explained([queue.rings(0), queue.hangsUp(30, 'ANSWER', { bridged: 'no' })]))).toContain('Note over p1: missed at 453*887 (R-missed, R-missed-number, R-settle)')
})

test('a transfer comes from the phone that talked before', () => {
  const second = incoming(102, '453*101', { parties: { remoteNumber: CLIENT, callerExtension: '453*101@pbx.example' } })
  const direct = incoming(101)
  const told = mermaid(explained([direct.rings(0), direct.answers(2), direct.hangsUp(30, 'ANSWER'), second.rings(30), second.answers(33), second.hangsUp(60, 'ANSWER')]))
  expect(told).toContain('p1->>p2: 0:30 transfers to')
  expect(told).toContain('p2-->>p0: 0:33 answers')
})

test('an outgoing call begins at the phone', () => {
  const call = outgoing(101)
  expect(mermaid(explained([call.rings(0), call.hangsUp(9, 'BUSY')])).split('\n').slice(1, 4)).toEqual(['  participant p0 as phone 453*101', '  participant p1 as +79160000001', '  p0->>p1: 0:00 dials'])
})

test('what means something to Mermaid or to the page goes by its number', () => {
  const call = incoming(101, '7; end\n<b>#%%{init}%%')
  const told = mermaid(explained([call.rings(0), call.hangsUp(9, 'end;#')]))
  expect(told.split('\n')[1]).toBe('  participant p0 as 7#59; #101;nd #60;b#62;#35;#37;#37;#123;init#125;#37;#37;')
  expect(told).toContain('hangs up #101;nd#59;#35;')
})

test('each line of whatever call is one that Mermaid knows', () => {
  fc.assert(
    fc.property(callArb, ({ events }) => {
      const own = decoded(events)
      if (own.length === 0) return
      const [head, ...lines] = mermaid(explained(own, companyConfig)).trimEnd().split('\n')
      expect(head).toBe('sequenceDiagram')
      const participants = lines.filter((line) => line.startsWith('  participant')).length
      for (const line of lines) {
        expect(line).toMatch(/^ {2}(participant p\d+ as [^;<>"]+(;[^;<>"]*)*|p\d+(->>|-->>|-x)p\d+: \S.*|Note over p\d+: \S.*)$/)
        for (const [, which] of line.replace(/( as |: ).*/, '').matchAll(/p(\d+)/g)) expect(Number(which)).toBeLessThan(participants)
      }
    })
  )
})
