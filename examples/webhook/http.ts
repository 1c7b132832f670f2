import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { handle, port } from './handle.js'

const hook = getRequestListener(handle)

createServer((request, response) => {
  if (/^\/hook(\?|$)/.test(request.url ?? '')) void hook(request, response)
  else response.writeHead(404).end()
}).listen(port, '127.0.0.1')
