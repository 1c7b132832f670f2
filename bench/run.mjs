// Builds the benchmark and installs the built package beside it as an application would, then runs it on plain Node:
// a copy, so that building the package again does not disturb a measurement under way.
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath, URL } from 'node:url'
import { build } from 'tsup'

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url))
const into = path(`../.cache/bench-${process.pid}`)
const installed = `${into}/node_modules/call-legs`

if (!existsSync(path('../dist/index.js'))) {
  console.error('There is no dist/index.js: run `npm run build` first.')
  process.exit(2)
}
process.on('exit', () => rmSync(into, { recursive: true, force: true }))
mkdirSync(installed, { recursive: true })
cpSync(path('../dist'), `${installed}/dist`, { recursive: true })
cpSync(path('../package.json'), `${installed}/package.json`)
writeFileSync(`${into}/package.json`, JSON.stringify({ type: 'module' }))
await build({
  config: false,
  silent: true,
  entry: { main: path('main.ts'), worker: path('worker.ts'), readAndParse: path('byHand/readAndParse.ts') },
  outDir: into,
  format: 'esm',
  target: 'node20',
  platform: 'node',
  external: [/^[^./]/]
})
// the figures are run on the very Node that runs this, without any loader
const run = spawn(process.execPath, [`${into}/main.js`, ...process.argv.slice(2)], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => run.kill(signal))
run.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1))
