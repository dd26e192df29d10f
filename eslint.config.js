import { defineConfig, globalIgnores } from 'eslint/config';
import eslint from '@eslint/js';
import { configs } from 'typescript-eslint';
import { layerRule } from './eslint.layers.js';

/** What is written nowhere in src/: a later block with the same rule replaces an earlier one, and has to repeat it. */
const syntax = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
  { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' },
  {
    selector: 'MemberExpression[property.name=/^(?:localeCompare|toLocale)/]',
    message: 'Nothing may depend on the locale: compare code units with < and >.',
  },
];

export default defineConfig(
  globalIgnores([
    'dist/',
    'out/',
    'coverage/',
    'test/cases/',
    'test/types/',
    'test/e2e/project/',
    'test/servers/fit.ts',
    'test/**/fixtures/',
  ]),
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Code points are what is meant.
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // What it takes for unnecessary, the compiler does not always.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Libraries mix their enums with numbers.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      // A document's values are any JSON, and some are only wanted as text.
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      // A handler may return nothing.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // Control characters are what hostile documents bring.
      'no-control-regex': 'off',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}', 'templates/**/*.ts'],
    ignores: ['**/*.d.ts'],
    plugins: { project: { rules: { layers: layerRule } } },
    rules: {
      'project/layers': 'error',
      'no-restricted-syntax': ['error', ...syntax],
    },
  },
  {
    files: ['templates/**/*.ts'],
    rules: {
      // A kit is also called from code that no compiler has seen.
      '@typescript-eslint/no-unnecessary-template-expression': 'off',
      '@typescript-eslint/no-unnecessary-type-conversion': 'off',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    rules: {
      'no-console': ['error'],
      // The layers see imports alone.
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'Connect by node:http, in a folder that eslint.layers.js allows to.' },
      ],
    },
  },
  {
    // What a delivery says is text: nothing on the page makes HTML, styles or code of it.
    files: ['src/page/**/*.{ts,tsx}'],
    rules: {
      // A page has nothing else, and its policy lets it reach its own server alone.
      'no-restricted-globals': 'off',
      'no-restricted-properties': [
        'error',
        ...[
          'innerHTML',
          'outerHTML',
          'insertAdjacentHTML',
          'setHTMLUnsafe',
          'srcdoc',
          'createContextualFragment',
        ].map((property) => ({ property, message: 'A delivery is text, never HTML.' })),
        { object: 'document', property: 'write', message: 'A delivery is text, never HTML.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'JSXAttribute[name.name=/^(?:dangerouslySetInnerHTML|innerHTML|srcDoc|srcdoc)$/]',
          message: 'A delivery is text, never HTML.',
        },
        {
          selector: 'JSXAttribute[name.name=/^(?:href|src)$/] > JSXExpressionContainer',
          message: 'No address comes from data: a delivery could name its own.',
        },
        ...syntax,
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      // A test says what it expects; what it looks at is there, or the test fails.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-implied-eval': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        performance: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        structuredClone: 'readonly',
        Buffer: 'readonly',
      },
    },
  },
);
