import type { CallRecord } from 'call-legs'
import { expect, test } from 'vitest'
import { csvOf } from '../../src/page/csv.js'
import { english } from '../../src/page/en.js'
import { filterOf, NO_FILTER, queryOf, searchOf } from '../../src/page/Filter.js'

test('a filter stands in the address as it was; what means nothing is left out', () => {
  const filter = { kind: 'missed', q: 'Mak & Sons + 7', from: '2026-06-03', to: '2026-06-04' } as const
  expect(filterOf(`?${searchOf(filter)}`)).toEqual(filter)
  expect(searchOf(NO_FILTER)).toBe('')
  expect(filterOf('?kind=__proto__&from=yesterday&to=2026-13-40&q=')).toEqual(NO_FILTER)
})

test('a day is that of the browser, and the last one is in it', () => {
  const { from, to } = queryOf({ ...NO_FILTER, from: '2026-06-03', to: '2026-06-03' })
  expect([from, to]).toEqual([new Date(2026, 5, 3), new Date(2026, 5, 4)].map((date) => String(date.getTime() * 1000)))
})

test('a table of calls: one a row, and nothing that a spreadsheet would run', () => {
  const record: CallRecord = { v: 1, id: 'a/1', callId: 'a', subCallId: '1', kind: 'answered', direction: 'incoming', successful: true, extension: '453*101', remoteNumber: '+79160000001', remoteName: '=HYPERLINK("http://evil.example","x")', startedAt: 1_780_000_000_000_000, endedAt: 1_780_000_060_000_000, talkTime: 60_000_000, because: [] }
  const [heading, row, ...rest] = csvOf([{ callId: 'a', records: [record] }], { '453*101': 'Reception' }, english).split('\r\n')
  expect(heading).toBe('\uFEFFbegan,result,direction,number,name,extension,employee,talk in seconds,line,CallID')
  expect(row?.slice(20)).toBe(`Answered,incoming,+79160000001,"'=HYPERLINK(""http://evil.example"",""x"")",453*101,Reception,60,,a`)
  expect(rest).toEqual([''])
})
