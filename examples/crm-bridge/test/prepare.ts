import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { startBridge } from './bridgeProcess.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** A data folder as a bridge leaves it that was started once and took nothing: to be copied. */
    readonly emptyData: string
  }
}

/**
 * Once before all tests: builds the bridge, which starts in a fraction of the time that its sources take, and has it
 * make an embedded database, which takes several seconds.
 */
export default async ({ provide }: TestProject): Promise<() => void> => {
  execFileSync('npm', ['run', 'build', '--silent'], { cwd: fileURLToPath(new URL('..', import.meta.url)), stdio: 'inherit' })
  const folder = mkdtempSync(join(tmpdir(), 'bridge-empty-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  try {
    const bridge = await startBridge({ env: { DATA_DIR: folder }, within: 60_000 })
    await bridge.end()
  } catch (error) {
    remove()
    throw error
  }
  provide('emptyData', folder)
  return remove
}
