/* HubSpot as its documentation describes it, as far as calls by a unique property go. */
import { fieldsOf, startStandIn, type Answer, type Fields, type Received, type StandIn } from './standIn.js'

export const HUBSPOT_TOKEN = 'pat-eu1-7f2a'
export const ID_PROPERTY = 'call_legs_id'

export interface HubspotStandIn extends StandIn {
  /** The properties of the calls that are there. */
  readonly calls: () => ReadonlyArray<Fields>
  readonly archived: () => number
  /** Call id and contact id. */
  readonly associations: () => ReadonlyArray<string>
}

export interface HubspotContents {
  /** Number to id. */
  readonly contacts?: Readonly<Record<string, string>>
  readonly owners?: ReadonlyArray<string>
  /** Does the account have the unique property? */
  readonly hasProperty?: boolean
}

const KNOWN = ['hs_timestamp', 'hs_call_title', 'hs_call_body', 'hs_call_direction', 'hs_call_duration', 'hs_call_status', 'hs_call_from_number', 'hs_call_to_number', 'hubspot_owner_id', 'hs_call_recording_url', ID_PROPERTY]

const invalid = (message: string): Answer => ({ status: 400, body: { status: 'error', category: 'VALIDATION_ERROR', message, correlationId: 'c-1' } })

export const startHubspot = async ({ contacts = {}, owners = [], hasProperty = true }: HubspotContents = {}): Promise<HubspotStandIn> => {
  const calls = new Map<string, Fields>()
  const associations = new Set<string>()
  let count = 0
  let archived = 0

  const byUnique = (value: unknown): string | undefined => [...calls].find(([, properties]) => properties[ID_PROPERTY] === value)?.[0]

  const upsert = ({ body }: Received): Answer => {
    const inputs = fieldsOf(body)['inputs']
    const input = fieldsOf(Array.isArray(inputs) ? inputs[0] : undefined)
    const properties = fieldsOf(input['properties'])
    if (input['idProperty'] !== ID_PROPERTY || !hasProperty) return invalid(`Property "${String(input['idProperty'])}" does not exist`)
    const unknown = Object.keys(properties).find((name) => !KNOWN.includes(name))
    if (unknown !== undefined) return invalid(`Property "${unknown}" does not exist`)
    if (properties['hs_timestamp'] === undefined) return invalid('hs_timestamp is required')
    const { hubspot_owner_id: owner } = properties
    if (owner !== undefined && !owners.some((one) => one === owner)) return invalid('hubspot_owner_id was not a valid owner')
    const known = byUnique(input['id'])
    const id = known ?? String((count += 1))
    calls.set(id, { ...(calls.get(id) ?? {}), ...properties })
    return { status: 200, body: { status: 'COMPLETE', results: [{ id, new: known === undefined, properties }] } }
  }

  const handle = (asked: Received): Answer => {
    if (asked.headers['authorization'] !== `Bearer ${HUBSPOT_TOKEN}`) return { status: 401, body: { category: 'INVALID_AUTHENTICATION', message: 'not valid' } }
    const [path = ''] = asked.path.split('?')
    const { method } = asked
    if (method === 'POST' && path === '/crm/v3/objects/calls/batch/upsert') return upsert(asked)
    if (method === 'POST' && path === '/crm/v3/objects/contacts/search') {
      const id = contacts[String(fieldsOf(asked.body)['query'])]
      return { status: 200, body: { total: id === undefined ? 0 : 1, results: id === undefined ? [] : [{ id }] } }
    }
    const [, call, contact] = /^\/crm\/v4\/objects\/calls\/([^/]+)\/associations\/default\/contacts\/(.+)$/.exec(path) ?? []
    if (method === 'PUT' && call !== undefined && contact !== undefined) {
      associations.add(`${call} ${contact}`)
      return { status: 200, body: { status: 'COMPLETE', results: [] } }
    }
    const [, one] = /^\/crm\/v3\/objects\/calls\/([^/]+)$/.exec(path.replaceAll('%2F', '~')) ?? []
    const id = asked.query.get('idProperty') === ID_PROPERTY ? byUnique(one?.replaceAll('~', '/')) : one
    if (id === undefined || !calls.has(id)) return { status: 404, body: { category: 'OBJECT_NOT_FOUND', message: 'Object not found' } }
    if (method === 'GET') return { status: 200, body: { id, properties: calls.get(id) } }
    calls.delete(id)
    archived += 1
    return { status: 204 }
  }

  return { ...(await startStandIn(handle)), calls: () => [...calls.values()], archived: () => archived, associations: () => [...associations] }
}
