import { readFileSync } from 'node:fs'

const versionIn = (url: URL): string | undefined => {
  try {
    const json: unknown = JSON.parse(readFileSync(url, 'utf8'))
    if (typeof json !== 'object' || json === null || !('name' in json) || json.name !== 'call-legs') return undefined
    return 'version' in json && typeof json.version === 'string' ? json.version : undefined
  } catch {
    return undefined
  }
}

/** The version of the package that this file is in: one folder up once built, two in the source. */
export const packageVersion = (): string =>
  versionIn(new URL('../package.json', import.meta.url)) ?? versionIn(new URL('../../package.json', import.meta.url)) ?? 'unknown'
