/** Two PBXs in one process: their CallIDs may be the same, so each has a correlator of its own. */
import { correlator, fromMillis, ledger, type Change, type Config, type State } from 'call-legs'

const configs: Readonly<Record<'north' | 'south', Config>> = {
  north: { directory: { '453*101': 'phone' } },
  south: { directory: { '777*887': 'queue' } }
}
const pbxs = new Map(Object.entries(configs).map(([name, config]) => [name, correlator(config)]))
const states = new Map<string, State>()

/** A record's key in the database is the name of its PBX and its id. */
const show = (name: string, changes: ReadonlyArray<Change>): void => {
  for (const change of changes) if (change.change === 'registered') console.log(name, change.record.id, change.record.kind)
}

/** The name is in the subscription's URL: https://crm.example/hook/north?secret=… */
const receive = (name: string, body: string): void => {
  const calls = pbxs.get(name)
  if (calls === undefined) return // answer 404
  const [state, changes] = calls.ingest(states.get(name) ?? calls.initial, body)
  states.set(name, state)
  show(name, changes)
}

const tick = (now: number): void => {
  for (const [name, calls] of pbxs) {
    const [state, changes] = calls.tick(states.get(name) ?? calls.initial, now)
    states.set(name, state)
    show(name, changes)
  }
}

const talk = 'CallID=4a6f&SubCallID=85101-4a6f&CallFlow=in&CalledNumber=453*101&CallerIDNum=%2B79160000001'
const talked = [
  `EventType=dial-in&EventTime=1780000686000000&${talk}`,
  `EventType=answer&EventTime=1780000690000000&${talk}`,
  `EventType=hangup&EventTime=1780000750000000&CallStatus=ANSWER&${talk}`
]
const lost = 'EventType=hangup&EventTime=1780000700000000&Bridged=no&CallID=4a6f&SubCallID=85887-4a6f&CallFlow=in&CalledNumber=777*887&CallerIDNum=%2B79160000002'

for (const body of talked) receive('north', body)
receive('south', lost)
tick(fromMillis(Date.now()))

const mixed = ledger({ directory: { ...configs.north.directory, ...configs.south.directory } })([...talked, lost]).records
console.log('one correlator for both:', mixed.map(({ kind }) => kind).join(', '))
