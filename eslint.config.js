import js from '@eslint/js'
import functional from 'eslint-plugin-functional'
import tseslint from 'typescript-eslint'

/** The way of an event through the folders of src, and what stands around it: imports only backwards along it. */
const WAY = ['event', 'config', 'wire', 'leg', 'call', 'record', 'summary', 'state', 'reducer', 'correlator', 'ledger', 'ports', 'reconcile', 'platform', 'rest', 'interactive', 'webhook', 'stream', 'restate', 'diagram', 'page', 'testing', 'cli']

/** The folders that know a wire; to the others another PBX's can stand beside it. */
const KNOW_A_WIRE = ['wire', 'reducer', 'ledger', 'ports', 'reconcile', 'rest', 'interactive', 'webhook', 'stream', 'restate', 'page', 'testing', 'cli']

/** The adapters know nothing of each other's code: each has optional peers of its own. */
const ADAPTERS = ['rest', 'interactive', 'webhook', 'stream', 'diagram']
const mayImport = (folder, other) =>
  WAY.indexOf(other) <= WAY.indexOf(folder) &&
  (other !== 'wire' || KNOW_A_WIRE.includes(folder)) &&
  !(folder !== other && ADAPTERS.includes(folder) && ADAPTERS.includes(other))

/** What one adapter may know of another is its types. */
const mayImportTypes = (folder, other) => folder === 'webhook' && other === 'interactive'

const direction = WAY.filter((folder) => folder !== 'cli').map((folder) => ({
  files: [`src/${folder}/**/*.{ts,tsx}`],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          { regex: '^fp-ts/(?!lib/.*\\.js$)', message: 'fails in native ESM: import fp-ts/lib/….js' },
          { regex: '^node:', message: 'the core runs anywhere' },
          { regex: '/index\\.js$', message: 'import what defines it' },
          ...WAY.filter((other) => !mayImport(folder, other)).map((other) => ({
            regex: `^(\\.\\./)+${other}/`,
            allowTypeImports: mayImportTypes(folder, other),
            message: `no way leads from ${other} to ${folder}`
          }))
        ]
      }
    ]
  }
}))

export default tseslint.config(
  // the bridge has dependencies of its own, and its own run of this
  { ignores: ['dist', 'coverage', 'node_modules', '.cache', 'examples/crm-bridge', 'examples/restate'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unnecessary-type-arguments': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      'max-lines': ['error', 400]
    }
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { functional },
    rules: {
      'functional/no-throw-statements': 'error',
      'functional/no-classes': 'error',
      'functional/no-this-expressions': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }]
    }
  },
  {
    files: ['src/**/*.ts'],
    // the pages run in a browser, the command line in Node
    ignores: ['src/cli/**', 'src/page/**'],
    rules: {
      'no-console': 'error',
      'no-restricted-globals': ['error', 'process', 'Buffer', 'setTimeout', 'performance', 'crypto', 'window', 'document'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'the core has no clock' },
        { object: 'Math', property: 'random', message: 'the core has no chance' }
      ],
      'no-restricted-syntax': ['error', { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'the core has no clock' }]
    }
  },
  // a test fails by an exception, in every runner
  { files: ['src/testing/given.ts'], rules: { 'functional/no-throw-statements': 'off' } },
  // the clocks of the adapters, if the application hands in none
  { files: ['src/rest/RestOptions.ts', 'src/platform/clock.ts'], rules: { 'no-restricted-properties': 'off' } },
  ...direction,
  {
    files: ['test/**/*.ts', 'examples/**/*.ts', 'bench/**/*.ts', '*.config.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_$' }]
    }
  },
  { files: ['**/*.js', '**/*.mjs'], extends: [tseslint.configs.disableTypeChecked], languageOptions: { globals: Object.fromEntries(['console', 'process', 'performance', 'Buffer', 'Request', 'URL', 'URLSearchParams'].map((name) => [name, 'readonly'])) } }
)
