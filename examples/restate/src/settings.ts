import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from 'call-legs'

/** Five ports in a row, from `PORT` on, which `run.mjs` has looked at; all of them on the loopback. */
const first = Number(process.env['PORT'] ?? 8000)

export const HOST = '127.0.0.1'
/** Where the PBX sends its events. */
export const HOOK_PORT = first
export const INGRESS_PORT = first + 1
export const ADMIN_PORT = first + 2
export const NODE_PORT = first + 3
export const SERVICE_PORT = first + 4

/** All that is kept, and the logs. */
export const DATA_DIR = process.env['DATA_DIR'] ?? join(import.meta.dirname, '..', 'data')
/** So many processes run the calls. */
export const SERVICES = Number(process.env['SERVICES'] ?? 1)
/** What the subscription's URL must carry as `secret`; absent: everybody is let in. */
export const SECRET = process.env['HOOK_SECRET']

/** The configuration of the library, as JSON: a file, named by `CONFIG`. */
export const config: Config = process.env['CONFIG'] === undefined ? {} : JSON.parse(readFileSync(process.env['CONFIG'], 'utf8'))
