import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { callReducer, type Config } from 'call-legs'
import { isLeft } from 'fp-ts/lib/Either.js'
import { startBridge } from './Bridge.js'
import { historyTransaction } from './call/historyTransaction.js'
import { serviceClock } from './clock/ServiceClock.js'
import { machineClocks } from './clock/wallClock.js'
import { connectCrm, readUsers } from './crm/connect.js'
import { readDirectory, readEmployees } from './directory.js'
import { faultSwitch } from './fault.js'
import { appOf } from './http/app.js'
import { recordingLink } from './http/recordingLinks.js'
import { logTo, messageOf, type Log } from './log.js'
import { pbxAccess } from './pbxAccess.js'
import { startReconciler } from './Reconciler.js'
import { settingsOf, type Settings } from './Settings.js'
import type { Database } from './store/Database.js'
import { enqueue } from './store/crmTables.js'
import { isAway } from './store/failures.js'
import { pgDatabase } from './store/pgDatabase.js'
import { pgliteDatabase } from './store/pgliteDatabase.js'
import { makeSchema } from './store/schema.js'
import { hookUrl, subscribeAtStart } from './subscribeAtStart.js'

/** 2024: a machine whose clock is earlier has not been told the time yet, and every call would wait for decades. */
const EARLIEST = 1_704_067_200_000_000

/** The bridge cannot start, and trying again will not help. */
const REFUSED = 2

const refuse = (sentence: string): never => {
  process.stderr.write(`crm-bridge: ${sentence}\n`)
  process.exit(REFUSED)
}

const openDatabase = async ({ databaseUrl, dataDir }: Settings, log: Log): Promise<Database> => {
  if (databaseUrl !== undefined) return pgDatabase(databaseUrl, (error) => log('warn', 'a connection to the database broke', { why: messageOf(error) }))
  const database = await pgliteDatabase(dataDir, (error) => log('error', 'the embedded database broke and is opened anew', { why: messageOf(error) }))
  return database ?? refuse(`another process has the folder ${dataDir}; PGlite is for one process, several need a server: set DATABASE_URL`)
}

/** The server may be started after the bridge. */
const whenThere = async (database: Database, log: Log): Promise<void> => {
  for (let wait = 250; ; wait = Math.min(wait * 2, 5_000)) {
    try {
      return await makeSchema(database)
    } catch (error) {
      if (!isAway(error)) return refuse(`the tables cannot be made: ${messageOf(error)}`)
      log('warn', 'the tables could not be made; trying again', { why: messageOf(error) })
      await sleep(wait)
    }
  }
}

const main = async (): Promise<void> => {
  const read = settingsOf(process.env)
  if (isLeft(read)) return refuse(read.left.join('; '))
  const settings = read.right
  const log = logTo((line) => process.stderr.write(line), settings.logLevel)
  const clocks = machineClocks(settings.clockOffsetFile)
  if (clocks.wall() < EARLIEST) return refuse('the clock of this machine is wrong: it is before 2024')
  const now = serviceClock(clocks)

  const pbx = settings.pbx === undefined ? undefined : pbxAccess(settings.pbx, now)
  const directory = await readDirectory(settings.directoryFile, pbx, log)
  if (isLeft(directory)) return refuse(directory.left)
  const users = readUsers(settings.crm?.usersFile, settings.crm?.name ?? 'amocrm')
  if (isLeft(users)) return refuse(users.left)
  const database = await openDatabase(settings, log)
  await whenThere(database, log)

  const reach = faultSwitch(settings.fault)
  const config: Config = {
    directory: directory.right,
    missedRule: settings.missedRule,
    missedAtPhone: settings.missedAtPhone,
    local: settings.local,
    settle: settings.settle * 1000,
    ringTimeout: settings.ringTimeout * 1000,
    closedRetention: settings.closedRetention * 1000,
    openRetention: settings.openRetention * 1000
  }
  const reducer = callReducer(config)
  const forTheCrm = settings.crm === undefined ? {} : { outbox: enqueue(settings.crm.delay) }
  const bridge = startBridge({
    database,
    reducer,
    now,
    patience: { grace: settings.grace * 1000, longest: settings.catchUp * 1000, old: settings.old * 1000 },
    tick: settings.tick,
    reach,
    log,
    ...forTheCrm
  })
  const reconciler =
    pbx === undefined || !settings.reconcile
      ? undefined
      : startReconciler({
          database,
          config,
          history: pbx.history,
          take: historyTransaction({ database, reducer, now, ...forTheCrm }),
          now,
          holding: bridge.holding,
          back: settings.reconcileBack * 1000,
          hour: settings.reconcileHour,
          log
        })
  if (settings.secret === undefined) log('warn', 'without BRIDGE_SECRET whoever reaches the port can send events')

  const { ivrVariable, secret, token, hosts, listen, port, crm } = settings
  const linkOf = crm?.recordingsUrl === undefined || token === undefined ? undefined : recordingLink(crm.recordingsUrl, token)
  const outbox = crm === undefined ? undefined : connectCrm(crm, { database, users: users.right, pbx, linkOf, every: settings.tick, reach, log })
  const ending = new AbortController()
  const employees = await readEmployees(pbx)
  const app = appOf({ bridge, pbx, reconciler, employees, ended: ending.signal, ...(outbox === undefined ? {} : { outbox }), ivrVariable, names: { listen, hosts }, ...(secret === undefined ? {} : { secret }), ...(token === undefined ? {} : { token }) })
  const server = serve({ fetch: app.fetch, port, hostname: listen }, ({ address, family, port: actual }: AddressInfo) => {
    process.stdout.write(`listening on http://${family === 'IPv6' ? `[${address}]` : address}:${actual}\n`)
    // not before somebody takes what the PBX then sends
    if (pbx !== undefined && settings.subscribeUrl !== undefined) void subscribeAtStart(pbx, hookUrl(settings.subscribeUrl, secret), log)
  })
  server.on('error', (error: NodeJS.ErrnoException) => refuse(whyNotListening(error, settings)))
  stopOn(['SIGTERM', 'SIGINT'], server, ending, async () => {
    await Promise.all([bridge.stop(), reconciler?.stop(), outbox?.stop()])
    await database.close()
    log('info', 'stopped')
  })
}

/** Which setting helps. */
const whyNotListening = (error: NodeJS.ErrnoException, { listen, port }: Settings): string => {
  switch (error.code) {
    case 'EADDRINUSE':
      return `port ${port} is in use by another program: set PORT to another one, or to 0 for any that is free`
    case 'EACCES':
      return `port ${port} is not for this user: set PORT to one above 1023, or to 0 for any that is free`
    case 'EADDRNOTAVAIL':
      return `${listen} is no address of this machine: set LISTEN to one that is`
    default:
      return messageOf(error)
  }
}

/** What is in hand is finished, then the process ends with 0; a second signal ends it at once. */
const stopOn = (signals: ReadonlyArray<NodeJS.Signals>, server: ReturnType<typeof serve>, ending: AbortController, close: () => Promise<void>): void => {
  let stopping = false
  const stop = (): void => {
    if (stopping) process.exit(1)
    stopping = true
    ending.abort()
    server.close(() => void close().then(() => process.exit(0), () => process.exit(1)))
    // a browser's connection that waits for its next question has nothing in hand
    if ('closeIdleConnections' in server) setInterval(() => server.closeIdleConnections(), 50).unref()
  }
  for (const signal of signals) process.on(signal, stop)
}

await main().catch((error: unknown) => refuse(messageOf(error)))
