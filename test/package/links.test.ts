import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import GithubSlugger from 'github-slugger'
import { marked, type Token } from 'marked'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consumer, type Consumer } from './consumer.js'

let packed: Consumer
beforeAll(async () => {
  packed = await consumer()
})
afterAll(() => packed.remove())

const tokensOf = (markdown: string): ReadonlyArray<Token> => {
  const tokens: Array<Token> = []
  void marked.walkTokens(marked.lexer(markdown), (token) => {
    tokens.push(token)
  })
  return tokens
}

const textOf = (token: Token): string => ('tokens' in token ? (token.tokens ?? []).map(textOf).join('') : 'text' in token ? token.text : '')

const anchorsOf = (markdown: string): ReadonlySet<string> => {
  const slugger = new GithubSlugger()
  return new Set(tokensOf(markdown).flatMap((token) => (token.type === 'heading' ? [slugger.slug(textOf(token))] : [])))
}

/** Where links and pictures of a document lead, those in its HTML too. */
const linksOf = (markdown: string): ReadonlyArray<string> =>
  tokensOf(markdown).flatMap((token) =>
    token.type === 'link' || token.type === 'image'
      ? [token.href]
      : token.type === 'html'
        ? [...token.text.matchAll(/\b(?:href|src)="([^"]*)"/g)].map(([, href]) => href)
        : []
  )

const isElsewhere = (href: string): boolean => /^[a-z]+:/.test(href)

/** What is wrong with a link of a document; nothing if it leads somewhere inside the package. */
const fault = (document: string, href: string): string | undefined => {
  const [path = '', anchor] = href.split('#').map(decodeURIComponent)
  const target = path === '' ? document : join(dirname(document), path)
  if (relative(packed.package, target).startsWith('..')) return 'leads out of the package'
  if (!existsSync(target)) return 'is not in the package'
  if (anchor === undefined) return undefined
  if (!statSync(target).isFile() || !target.endsWith('.md')) return 'has an anchor into what is no document'
  return anchorsOf(readFileSync(target, 'utf8')).has(anchor) ? undefined : 'names no heading'
}

test('every link of a document in the package leads to something in the package', () => {
  const documents = readdirSync(packed.package, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))
  const links = documents.flatMap((name) => linksOf(readFileSync(join(packed.package, name), 'utf8')).map((href) => ({ name, href })))
  const own = links.filter(({ href }) => !isElsewhere(href))
  expect(documents).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', 'docs/semantics.md']))
  expect(own.length).toBeGreaterThan(100)
  expect(
    own.flatMap(({ name, href }) => {
      const wrong = fault(join(packed.package, name), href)
      return wrong === undefined ? [] : [`${name}: ${href} ${wrong}`]
    })
  ).toEqual([])
})
