import { readFileSync } from 'node:fs'
import type { LegRecord } from 'call-legs'
import { left, right, type Either } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Reach } from '../fault.js'
import { messageOf, type Log } from '../log.js'
import type { Pbx } from '../pbxAccess.js'
import { readGrant, writeGrant } from '../store/crmGrants.js'
import type { Database } from '../store/Database.js'
import { amocrm } from './amocrmSender.js'
import { bitrix24 } from './bitrix24Sender.js'
import { bitrixTokens } from './bitrix24Tokens.js'
import type { Crm } from './Crm.js'
import type { CrmSettings } from './CrmSettings.js'
import { employees, type Employees } from './employees.js'
import { hubspot } from './hubspotSender.js'
import { startOutbox, type Found, type Outbox } from './Outbox.js'

const Users = t.record(t.string, t.string)

/** Extension to user. */
export const readUsers = (file: string | undefined, name: Crm['name']): Either<string, Readonly<Record<string, string>>> => {
  if (file === undefined) return right({})
  try {
    const users: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (!Users.is(users)) return left('CRM_USERS is no map of extensions to users: {"453*101": "17"}')
    return Object.values(users).every((user) => /^\d+$/.test(user)) ? right(users) : left(`CRM_USERS has a user of ${name} whose id is no number`)
  } catch (error) {
    return left(`CRM_USERS cannot be read: ${messageOf(error)}`)
  }
}

const crmOf = ({ name, url, token, renewal, source, createLeads, idProperty, perSecond }: CrmSettings, database: Database, staff: Employees): Crm => {
  switch (name) {
    case 'amocrm':
      return amocrm({ url, token, perSecond }, source, staff)
    case 'bitrix24': {
      const grants = { read: (digest: string) => readGrant(database, digest), write: writeGrant.bind(undefined, database) }
      return bitrix24({ url, tokens: bitrixTokens({ token, ...(renewal === undefined ? {} : { renewal }) }, grants), perSecond, createLeads }, staff)
    }
    case 'hubspot':
      return hubspot({ url, token, perSecond, idProperty }, staff)
  }
}

/** What of a recording the CRM is given: Bitrix24 fetches it at once, the others keep a link, which must be good for years. */
const recordingsOf = ({ name }: CrmSettings, pbx: Pbx | undefined, linkOf: ((id: string) => string) | undefined): ((record: LegRecord) => Promise<Found>) | undefined => {
  const isFetched = name === 'bitrix24'
  if (pbx === undefined || (!isFetched && linkOf === undefined)) return undefined
  return async (record) => {
    const url = await pbx.recordingUrl(record)
    if (url.ok && /^https?:\/\//i.test(url.value)) return { kind: 'link', url: isFetched || linkOf === undefined ? url.value : linkOf(record.id) }
    // without a RecID, and unknown to the call history as well: it was not recorded
    return !url.ok && url.error.kind === 'not-found' && record.recordingId === undefined ? { kind: 'none' } : { kind: 'later' }
  }
}

export interface ConnectParts {
  readonly database: Database
  readonly users: Readonly<Record<string, string>>
  readonly pbx: Pbx | undefined
  /** The bridge's own link to the recording of a record. */
  readonly linkOf: ((id: string) => string) | undefined
  /** How often to look whether something is due, in milliseconds. */
  readonly every: number
  readonly reach: Reach
  readonly log: Log
}

/** The CRM of the settings, from now on delivered to. */
export const connectCrm = (settings: CrmSettings, { database, users, pbx, linkOf, every, reach, log }: ConnectParts): Outbox & { readonly employees: Employees } => {
  const { defaultUser, timeout, retry } = settings
  const staff = employees(users, defaultUser, log)
  const recordingOf = recordingsOf(settings, pbx, linkOf)
  const outbox = startOutbox({ database, crm: crmOf(settings, database, staff), every, timeout, retry, reach, log, ...(recordingOf === undefined ? {} : { recordingOf }) })
  return { ...outbox, employees: staff }
}
