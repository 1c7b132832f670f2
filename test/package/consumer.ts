import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

export const run = promisify(execFile)
export const root = join(import.meta.dirname, '../..')
export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** What a user can import: `call-legs`, and each subpath that has code. */
export const ENTRY_POINTS: ReadonlyArray<string> = Object.entries(manifest.exports)
  .filter(([, target]) => typeof target === 'object')
  .map(([subpath]) => subpath.replace('.', 'call-legs'))

export const PEERS: ReadonlyArray<string> = Object.keys(manifest.peerDependencies)
export const REQUIRED_PEERS = PEERS.filter((peer) => manifest.peerDependenciesMeta[peer]?.optional !== true)

/** Packs what the test command has built. Packing does not build again, because other tests are using the build. */
export const pack = async (folder: string): Promise<string> => {
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], { cwd: root })
  const [{ filename }] = JSON.parse(stdout)
  return join(folder, filename)
}

/** A folder outside the project, which holds the unpacked package and these packages of the project, and no others. */
export const consumer = async (...packages: ReadonlyArray<string>) => {
  const folder = mkdtempSync(join(tmpdir(), 'call-legs-consumer-'))
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, 'call-legs'), { recursive: true })
  const tarball = await pack(folder)
  await run('tar', ['-xzf', tarball, '-C', join(modules, 'call-legs'), '--strip-components=1'])
  for (const name of packages) {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(join(root, 'node_modules', name), join(modules, name))
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true, version: '1.0.0' }))
  return {
    folder,
    package: join(modules, 'call-legs'),
    tarball,
    write: (name: string, text: string): string => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    },
    remove: (): void => rmSync(folder, { recursive: true, force: true })
  }
}

export type Consumer = Awaited<ReturnType<typeof consumer>>
