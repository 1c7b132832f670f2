import { defineConfig } from 'tsup'
import manifest from './package.json' with { type: 'json' }

/** An entry point is a line of `exports` and a folder of `src` of the same name. */
const entries = Object.keys(manifest.exports).flatMap((subpath) =>
  subpath === '.' ? [['index', 'src/index.ts']] : subpath.endsWith('.json') ? [] : [[subpath.slice(2), `src/${subpath.slice(2)}/index.ts`]]
)

export default defineConfig([
  {
    entry: Object.fromEntries(entries),
    format: ['esm', 'cjs'],
    target: 'es2022',
    dts: true,
    clean: true,
    external: [/^fp-ts/, /^io-ts/],
    treeshake: true
  },
  {
    entry: { cli: 'src/cli/main.ts' },
    format: ['esm'],
    target: 'node20',
    platform: 'node',
    // the command is one file: whoever installs it installs no argument parser and no table
    noExternal: [/.*/],
    banner: {
      js: "#!/usr/bin/env node\nimport { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);"
    }
  },
  {
    // the pages: one file each, which works without a network and from a disk
    entry: { report: 'src/page/report.tsx', playground: 'src/page/playground.tsx' },
    format: ['iife'],
    target: 'es2022',
    platform: 'browser',
    noExternal: [/.*/],
    minify: true,
    loader: { '.css': 'text' },
    outExtension: () => ({ js: '.js' }),
    tsconfig: 'src/page/tsconfig.json'
  }
])
