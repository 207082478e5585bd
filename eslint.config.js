import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import graphqlPlugin from '@graphql-eslint/eslint-plugin'
import tseslint from 'typescript-eslint'
import { rules } from './eslint-rules/index.js'

// ESLint's cache knows a plugin by name and version alone: the version is the rules' own text, or a changed rule would go unheard.
const rulesDirectory = join(import.meta.dirname, 'eslint-rules')
const rulesDigest = createHash('sha256')
for (const file of readdirSync(rulesDirectory).sort()) rulesDigest.update(readFileSync(join(rulesDirectory, file)))
const house = { meta: { name: 'house', version: rulesDigest.digest('hex') }, rules }

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/generated/**', '.commonhall/**', 'coverage/**', 'eslint-rules/*.d.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { house },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // type-graphql and typeorm take classes as `Function`.
      '@typescript-eslint/no-unsafe-function-type': 'off',
      // `!` is allowed where a test or a bounds check beside it proves the value; the alternative is a cast, which says less.
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Export by name: a default export has as many names as it has importers.' },
        { selector: 'ExportAllDeclaration', message: 'A door names what it lets through (style.md, section 3).' },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'max-lines': ['error', { max: 300 }],
      'house/decorator-states-type': 'error',
      'house/mutation-calls-service': 'error',
      'house/no-process-env-outside-config': 'error',
      'house/no-unthrown-error': 'error',
      'house/service-write-asks-policy': 'error',
    },
  },
  {
    // The published schemas, as integrators read them.
    files: ['subgraphs/*/schema.graphql'],
    languageOptions: { parser: graphqlPlugin.parser },
    plugins: { '@graphql-eslint': graphqlPlugin },
    rules: {
      // Only the origin describes a type: stubs of others' entities (no @owner) and the root types stay bare.
      '@graphql-eslint/require-description': [
        'error',
        {
          types: true,
          ignoredSelectors: [
            'ObjectTypeDefinition[name.value=/^(Query|Mutation|Subscription)$/]',
            'ObjectTypeDefinition:has(> Directive[name.value=key]):not(:has(> Directive[name.value=owner]))',
          ],
        },
      ],
      '@graphql-eslint/naming-convention': [
        'error',
        {
          types: 'PascalCase',
          FieldDefinition: 'camelCase',
          InputValueDefinition: 'camelCase',
          EnumValueDefinition: 'UPPER_CASE',
          allowLeadingUnderscore: true,
        },
      ],
      '@graphql-eslint/require-deprecation-reason': 'error',
    },
  },
  { files: ['**/*.test.ts', '**/*.data.ts'], rules: { 'max-lines': ['error', { max: 400 }] } },
  { files: ['**/migrations/**'], rules: { 'max-lines': 'off' } },
  // A declaration repeats what a library does, default exports included.
  { files: ['**/*.d.ts'], rules: { 'no-restricted-syntax': 'off' } },
  // Programs that people start speak to them.
  { files: ['kit/cli/**/*.ts', '**/src/main.ts', 'test/bench/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'performance',
          'URL',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'fetch',
          'AbortSignal',
          'Buffer',
          'structuredClone',
        ].map((name) => [name, 'readonly']),
      ),
    },
    plugins: { house },
    rules: {
      'no-undef': 'error',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-unreachable': 'error',
      'no-dupe-keys': 'error',
      'no-const-assign': 'error',
      'no-import-assign': 'error',
      'prefer-const': 'error',
      'no-var': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 300 }],
      'house/no-unthrown-error': 'error',
    },
  },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs', globals: { module: 'writable', require: 'readonly' } } },
)
