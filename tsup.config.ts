import { defineConfig } from 'tsup'

export default defineConfig([
  {
    entry: {
      index: 'src/index.ts',
      rest: 'src/rest/index.ts',
      interactive: 'src/interactive/index.ts',
      webhook: 'src/webhook/index.ts',
      stream: 'src/stream/index.ts'
    },
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
  }
])
