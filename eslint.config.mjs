import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

const SOURCE = ['apps/**/*.ts', 'libs/**/*.ts'];
const TESTS = ['test/**/*.ts', 'test/**/*.mts'];

/** Code that handles promises and types carelessly loses messages quietly; so both are errors, everywhere. */
const typescript = {
  files: ['**/*.ts', '**/*.mts'],
  extends: [js.configs.recommended, ...tseslint.configs.recommendedTypeChecked],
  languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
  rules: {
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-misused-promises': 'error',
    '@typescript-eslint/return-await': ['error', 'in-try-catch'],
    '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    '@typescript-eslint/no-explicit-any': 'error',
    '@typescript-eslint/no-non-null-assertion': 'error',
    '@typescript-eslint/prefer-readonly': 'error',
    '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
    '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowNullish: true }],
    // An async method without await still promises that its errors arrive as rejections.
    '@typescript-eslint/require-await': 'off',
    eqeqeq: 'error',
    'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
  },
};

const source = {
  files: SOURCE,
  rules: {
    'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
    'no-console': 'error',
    'no-restricted-imports': [
      'error',
      {
        paths: [
          { name: '@nestjs/common', importNames: ['forwardRef'], message: 'Imports run one way; draw the line anew.' },
        ],
      },
    ],
  },
};

/** Only libs/database opens connections and transactions (docs/decisions/0001-embedded-store-and-one-door.md). */
const oneDoor = {
  files: SOURCE,
  ignores: ['libs/database/**'],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        paths: [
          { name: 'typeorm', importNames: ['DataSource'], message: 'Use Database from @app/database.' },
          {
            name: '@nestjs/typeorm',
            importNames: ['InjectDataSource', 'InjectEntityManager', 'InjectRepository'],
            message: 'Use Database from @app/database.',
          },
        ],
      },
    ],
  },
};

/** As TypeORM generated them. What has landed never changes. */
const migrations = {
  files: ['libs/database/src/migrations/**/*.ts'],
  rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' },
};

const tests = {
  files: TESTS,
  rules: {
    // A suite is one function, and its tests tell one story.
    'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    '@typescript-eslint/unbound-method': 'off',
  },
};

const scripts = {
  files: ['**/*.mjs', '**/*.cjs'],
  extends: [js.configs.recommended],
  languageOptions: { globals: { console: 'readonly', fetch: 'readonly', process: 'readonly', URL: 'readonly' } },
  rules: { 'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }] },
};

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'data/'] },
  // A rule that is wrong somewhere is wrong here: change it for all, with a reason, instead of in passing.
  { linterOptions: { noInlineConfig: true } },
  typescript,
  source,
  oneDoor,
  migrations,
  tests,
  scripts,
  prettier,
);
