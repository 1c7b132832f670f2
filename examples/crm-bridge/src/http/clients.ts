import type { Hono } from 'hono'
import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Bridge } from '../Bridge.js'
import { numberKey } from '../call/numberKey.js'
import { clientsOf, readClients, upsertClients, type Client } from '../store/otherTables.js'
import { transact } from '../store/retrying.js'
import { jsonBody, refuse } from './answers.js'
import type { Bindings } from './Bindings.js'

const Clients = t.readonlyArray(t.intersection([t.type({ number: t.string }), t.partial({ name: t.string, extension: t.string })]))

/** What is wrong with a client, if anything. An extension that an IVR could not transfer to would leave a caller nowhere. */
const wrongWith = ({ number, name, extension }: Client, i: number): string | undefined => {
  if (numberKey(number) === undefined || number.length > 64) return `client ${i + 1}: the number is none`
  if (name !== undefined && name.length > 200) return `client ${i + 1}: the name is longer than 200 characters`
  return extension === undefined || /^[0-9*#+]{1,64}$/.test(extension) ? undefined : `client ${i + 1}: the extension is none`
}

/** The table of clients: who is responsible for whom. */
export const clients = (app: Hono<Bindings>, { database }: Bridge): void => {
  app.get('/api/clients', async (c) => c.json({ clients: await readClients(database) }))

  app.get('/api/clients/:number', async (c) => {
    const number = c.req.param('number')
    const client = (await clientsOf(database, [number])).get(numberKey(number) ?? '')
    return client === undefined ? refuse(c, 404, 'there is no such client') : c.json(client)
  })

  app.put('/api/clients', async (c) => {
    const body = await jsonBody(c)
    if ('wrong' in body) return body.wrong
    const read = Clients.decode(body.json)
    if (isLeft(read)) return refuse(c, 422, 'the body is no list of { number, name?, extension? }')
    const wrong = read.right.map(wrongWith).find((sentence) => sentence !== undefined)
    if (wrong !== undefined) return refuse(c, 422, wrong)
    await transact(database, (sql) => upsertClients(sql, read.right))
    return c.json({ stored: read.right.length })
  })
}
