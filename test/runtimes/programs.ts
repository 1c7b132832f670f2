import { ENTRY_POINTS } from '../package/consumer.js'

/** What a module takes from where, written for an ECMAScript module and for CommonJS. */
type Imports = ReadonlyArray<readonly [names: string, from: string]>

export interface Program {
  readonly module: string
  readonly common: string
}

const program = (imports: Imports, code: string): Program => ({
  module: `${imports.map(([names, from]) => `import ${names} from '${from}'\n`).join('')}${code}`,
  common: `${imports.map(([names, from]) => `const ${names.replace('* as ', '')} = require('${from}')\n`).join('')}${code}`
})

/** Prints what each entry point exports. */
export const entries = program(
  ENTRY_POINTS.map((from, i) => [`* as entry${i}`, from]),
  `console.log(JSON.stringify([${ENTRY_POINTS.map((_, i) => `Object.keys(entry${i}).sort()`).join(', ')}]))`
)

/** A call of three events. */
export const LINES = [
  'EventType=dial-in&EventTime=1780000686000000&CallID=AB&SubCallID=1-ab&CallerIDNum=%2B79160000001&CalledNumber=453*101',
  'EventType=answer&EventTime=1780000690000000&CallID=ab&SubCallID=1-ab&CallFlow=in',
  'EventType=hangup&EventTime=1780000700000000&CallID=ab&SubCallID=1-ab&CallFlow=in&CallStatus=ANSWER'
]

export const threeEvents = program(
  [
    ['{ correlator, seconds, CallRecord }', 'call-legs'],
    ['{ isRight }', 'fp-ts/lib/Either.js']
  ],
  `const calls = correlator({ settle: seconds(5) })
let state = calls.initial
for (const line of ${JSON.stringify(LINES)}) state = calls.ingest(state, line)[0]
const records = calls.records(state)
console.log(records.length, records[0].kind, records[0].talkTime, CallRecord.is(records[0]), isRight(calls.decode(calls.encode(state))))
`
)
export const THREE_EVENTS = '1 answered 10000000 true true\n'

export const adapters = program(
  [
    ['{ inMemoryResponsible, outcome }', 'call-legs'],
    ['{ restPorts }', 'call-legs/rest'],
    ['{ route }', 'call-legs/interactive']
  ],
  `const answer = route(inMemoryResponsible({ '+79160000001': '453*102' }), { variable: 'x' })
answer('EventType=call_interactive&CallID=ab&CallerIDNum=%2B79160000001')()
  .then(({ outcome }) => console.log(outcome.kind))
  .then(() => outcome(restPorts({ baseUrl: '', clientId: 'a', clientSecret: 'b' }).extensions()))
  .then(({ error }) => console.log(error.kind))
`
)
export const ADAPTERS = 'found\nmisconfigured\n'

/** What needs no adapter's peers. */
export const lean = program(
  [
    ['{ webhook }', 'call-legs/webhook'],
    ['{ changes, changeStream }', 'call-legs/stream']
  ],
  `const handle = webhook({ onEvent: ({ event }) => console.log(event.kind), onUndecodable: () => undefined })
const dial = 'EventType=dial-out&EventTime=1780000686000000&CallID=AB&SubCallID=1-ab&CalledNumber=%2B79160000001'
const run = async () => {
  console.log((await handle(new Request('https://crm.example/hook?' + dial))).status)
  for await (const change of changes([dial], { ticking: 'replay' })) console.log(change.change)
  for await (const change of new ReadableStream({ start: (c) => { c.enqueue(dial); c.close() } }).pipeThrough(changeStream({ ticking: 'none' }))) console.log(change.record?.kind)
}
run()
`
)
export const LEAN = 'dial\n200\nregistered\nanomaly\nincomplete\nundefined\n'
