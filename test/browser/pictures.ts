/** `npm run pictures`: makes the pictures of the pages that the documents show again, as Chromium draws them now. A person looks at them. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openBrowser } from './Browser.js'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'call-legs-pictures-'))
const report = join(folder, 'report.html')
execFileSync(process.execPath, ['dist/cli.js', 'report', '-o', report, '--utc', '--directory', 'examples/directory.json', 'examples/events/day.ndjson'], { cwd: root, stdio: ['ignore', 'ignore', 'ignore'] })

const browser = await openBrowser()
for (const [name, path, search] of [['report', report, '+79160000003'], ['playground', join(root, 'docs/playground/index.html'), undefined]] as const) {
  const page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1180, height: 900 } })
  await page.goto(pathToFileURL(path).href)
  await page.waitForSelector('h1')
  if (search !== undefined) await page.locator('input[type=search]').fill(search)
  await page.locator('table button[aria-expanded]').first().click()
  await page.waitForSelector('.detail svg')
  await page.screenshot({ path: join(root, `docs/pictures/${name}.png`), fullPage: true })
  await page.close()
}
await browser.close()
rmSync(folder, { recursive: true })
