import { stringify, type ParsedUrlQueryInput } from 'node:querystring'
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import { handle, port } from './handle.js'

/** The request as it was before a parser read its body. The length is another one now: of the headers the type alone is left. */
const unparsed = (request: Request, body: ParsedUrlQueryInput | undefined): Request =>
  request.method !== 'POST' || body === undefined
    ? request
    : new Request(request.url, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: stringify(body) })

const app = express()
app.use(express.urlencoded(), express.json())
app.all('/hook', (request, response) => getRequestListener((raw) => handle(unparsed(raw, request.body)))(request, response))

app.listen(port, '127.0.0.1')
