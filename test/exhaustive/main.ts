/** `npm run exhaustive -- 4`: every call of up to so many events of an alphabet of eighteen, in every order, library against reference. */
import { ALPHABET, CONFIGS, tryWorlds } from './worlds.js'

const most = Number(process.argv[2] ?? '4')
const from = performance.now()
const { sets, calls, wrong } = tryWorlds(most)
for (const line of wrong.slice(0, 20)) console.error(line)
console.log(`${calls} calls of up to ${most} of ${ALPHABET.length} events (${sets} sets in every order), ${CONFIGS.length} configurations: ${wrong.length} differ, ${Math.round((performance.now() - from) / 1000)} s`)
process.exitCode = wrong.length === 0 ? 0 : 1
