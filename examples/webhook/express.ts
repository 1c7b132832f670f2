import { getRequestListener } from '@hono/node-server'
import express from 'express'
import { handle, port } from './handle.js'

const app = express()
// before any body parser: what is mounted later does not touch the hook
app.all('/hook', getRequestListener(handle))
app.use(express.urlencoded())

app.listen(port, '127.0.0.1')
