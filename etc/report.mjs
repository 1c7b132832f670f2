/**
 * `npm run api`: writes what each entry point offers to `etc/NAME.api.md`, so that a change of the public surface is a
 * diff that a person reads. With `--check` nothing is written: says which reports are out of date, and fails.
 */
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const names = Object.keys(exports).filter((path) => !path.endsWith('.json')).map((path) => (path === '.' ? 'index' : path.slice(2)))
const check = process.argv.includes('--check')
const scratch = mkdtempSync(join(tmpdir(), 'call-legs-api-'))

/** Is it said of an exported thing, or of one of its members, that it has no comment? A word that tells one member of a union from the others needs none. */
const undocumented = (report) =>
  [...report.matchAll(/\/\/ (?:@public )?\(undocumented\)\r?\n\s*([^\r\n]*)/g)].map(([, line]) => line).filter((line) => !/^(?:readonly \w+: ('\w+'|false|\d);|\(.*;)$/.test(line))

const wrong = []
for (const name of names) {
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: join(root, `dist/${name}.d.ts`),
      apiReport: { enabled: true, reportFolder: join(root, 'etc'), reportTempFolder: scratch, reportFileName: `${name}.api.md` },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      compiler: { tsconfigFilePath: join(root, 'tsconfig.json') },
      messages: {
        compilerMessageReporting: { default: { logLevel: 'none' } },
        // a type that only others are made of is no export of its own
        extractorMessageReporting: { default: { logLevel: 'none' } },
        tsdocMessageReporting: { default: { logLevel: 'none' } }
      }
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, 'package.json')
  })
  const { apiReportChanged } = Extractor.invoke(config, { localBuild: !check, showVerboseMessages: false, messageCallback: (message) => (message.handled = true) })
  if (check && apiReportChanged) wrong.push(`etc/${name}.api.md is out of date: npm run api, and read its diff`)
  for (const line of undocumented(readFileSync(join(scratch, `${name}.api.md`), 'utf8'))) wrong.push(`call-legs${name === 'index' ? '' : `/${name}`}: without a comment: ${line}`)
}
rmSync(scratch, { recursive: true })
for (const line of wrong) console.error(line)
process.exitCode = wrong.length === 0 ? 0 : 1
