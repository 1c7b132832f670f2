import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const read = (name: string): string => readFileSync(new URL(`../page/${name}`, import.meta.url), 'utf8')

/** The page as one file, and the digest of its script: no other script may run on it, whatever a caller is called. */
export const readPage = (): { readonly html: string; readonly scriptDigest: string } => {
  const script = read('main.js')
  const html = read('index.html')
    .replace('/* style */', () => read('main.css'))
    .replace('/* script */', () => script)
  return { html, scriptDigest: `sha256-${createHash('sha256').update(script).digest('base64')}` }
}
