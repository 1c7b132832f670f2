import js from '@eslint/js'
import functional from 'eslint-plugin-functional'
import tseslint from 'typescript-eslint'

/** The pure part: what follows from a word about a call, the clocks, what a CRM takes. No database, no network, no time of its own. */
const PURE = [
  'src/call/Writes.ts',
  'src/call/rebuild.ts',
  'src/call/StoredCall.ts',
  'src/call/Word.ts',
  'src/call/numberKey.ts',
  'src/call/onTheLine.ts',
  'src/call/wholeCall.ts',
  'src/call/employees.ts',
  'src/clock/CatchingUp.ts',
  'src/clock/ServiceClock.ts',
  'src/crm/Activity.ts',
  'src/crm/corrections.ts',
  'src/crm/waits.ts',
  'src/crm/amocrm.ts',
  'src/crm/bitrix24.ts',
  'src/crm/hubspot.ts'
]

/** As strict as the library; eslint and its plugins are those of the library's own folder. */
export default tseslint.config(
  { ignores: ['node_modules', 'data', 'dist'] },
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
      'no-console': 'error',
      'functional/no-classes': 'error',
      'functional/no-this-expressions': 'error',
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }]
    }
  },
  {
    files: PURE,
    plugins: { functional },
    rules: {
      'functional/no-throw-statements': 'error',
      'no-restricted-globals': ['error', 'process', 'Buffer', 'setTimeout', 'performance'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'time is handed in' },
        { object: 'Math', property: 'random', message: 'no chance here' }
      ],
      'no-restricted-imports': ['error', { patterns: [{ regex: '^node:|/store/|/http/', message: 'this part is pure' }] }]
    }
  },
  // what the page's own service answers is what its types say
  { files: ['src/page/**'], rules: { '@typescript-eslint/no-unsafe-assignment': 'off' } },
  {
    files: ['test/**/*.ts', 'pbx/**/*.ts', '*.config.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off'
    }
  },
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] }
)
