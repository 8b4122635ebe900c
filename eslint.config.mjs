import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';
import rooms from './scripts/lint/rooms.mjs';

/** What renders links or icons, and where it may be used: everything else goes through notify.ts. */
const rendering = ['Information', 'Warning', 'Error']
  .map((kind) => `show${kind}Message`)
  .concat('setStatusBarMessage', 'showInputBox', 'createInputBox', 'withProgress')
  .map((property) => ({
    property,
    message: 'Use src/editor/notify.ts or withNotification.ts, where text of others can make no link.',
  }));

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      // One program instead of one per room, which would read what they share several times.
      parserOptions: { project: ['scripts/lint/tsconfig.json'] },
    },
    rules: {
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Indexed reads of typed arrays inside bounds are the daily bread here; `noUncheckedIndexedAccess` asks, `!` answers.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  // `test('…', …)` and friends return promises that mocha awaits.
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-floating-promises': 'error' } },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly', fetch: 'readonly' },
    },
  },
  {
    files: ['src/**/*.ts', 'webview/**/*.ts'],
    plugins: { rooms },
    rules: { 'rooms/imports': 'error' },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/editor/notify.ts', 'src/editor/withNotification.ts'],
    rules: { 'no-restricted-properties': ['error', ...rendering] },
  },
  {
    // Numbers sent otherwise than packed arrive broken: postToPanel takes nothing else.
    files: ['src/panel/*.ts', 'src/editor/*.ts', 'src/extension.ts'],
    ignores: ['src/panel/postToPanel.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "MemberExpression[property.name='postMessage']", message: 'Use postToPanel.' },
      ],
    },
  },
);
