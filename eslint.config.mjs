import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * What each room may import besides its own files (`./…`): the boundaries of CONTRIBUTING.md.
 * A name ending in `/` is a neighbouring room, anything else a package.
 */
const rooms = {
  'src/geometry': ['pure-rand'],
  'src/simulator': ['../geometry/'],
  'src/concepts': ['./lists/', 'valibot', 'jsonc-parser'],
  'src/concepts/lists': ['../concept', '../tokenRule'],
  'src/protocol': ['../geometry/', '../concepts/', '../simulator/', 'valibot'],
  'src/model': ['./onnx/', './head/', 'node:', '@huggingface/'],
  'src/model/onnx': ['../modelError', 'node:'],
  'src/model/head': ['../onnx/', '../modelError', '../../geometry/'],
  'src/model/runtime': ['../modelError', 'node:', 'onnxruntime-node'],
  'src/model/algebra': [
    '../onnx/',
    '../head/',
    '../runtime/',
    '../modelError',
    '../../geometry/',
    'node:',
    'onnxruntime-node',
  ],
  'src/model/hidden': [
    '../onnx/',
    '../head/',
    '../runtime/',
    '../model',
    '../modelFolder',
    '../jsonFile',
    '../tokenizer',
    '../modelError',
    'node:',
    'onnxruntime-node',
    '@huggingface/',
  ],
  'src/model/hub': ['../onnx/', '../modelError', 'node:', 'valibot', '@huggingface/'],
  'src/export': ['../geometry/', '../concepts/', '../protocol/', '../simulator/', 'node:'],
  'src/engine': [
    '../geometry/',
    '../concepts/',
    '../protocol/',
    '../model/',
    '../simulator/',
    'node:',
    '../../package.json',
  ],
  'src/cli': [
    '../geometry/',
    '../concepts/',
    '../protocol/',
    '../engine/',
    '../export/',
    '../simulator/',
    'node:',
    '../../package.json',
  ],
  'src/panel': ['../protocol/', 'node:', 'vscode'],
  'src/editor': [
    '../geometry/',
    '../concepts/',
    '../protocol/',
    '../simulator/',
    '../engine/engineClient',
    '../export/',
    '../../package.json',
    'node:',
    'vscode',
  ],
  webview: [
    './simulator/',
    '../src/protocol/',
    '../src/geometry/',
    '../src/concepts/concept',
    '../src/concepts/tokenRule',
    'lit',
    'echarts',
    '@vscode/webview-ui-toolkit',
  ],
  'webview/simulator': [
    '../',
    '../../src/protocol/',
    '../../src/geometry/',
    '../../src/simulator/',
    'lit',
    'echarts',
  ],
};

/** What renders links or icons, and where it may be used: everything else goes through notify.ts. */
const rendering = ['Information', 'Warning', 'Error']
  .map((kind) => `show${kind}Message`)
  .concat('setStatusBarMessage', 'showInputBox', 'createInputBox', 'withProgress')
  .map((property) => ({
    property,
    message: 'Use src/editor/notify.ts or withNotification.ts, where text of others can make no link.',
  }));

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

function boundary([room, allowed]) {
  const own = '\\./[\\w-]+(\\.css)?$';
  const others = allowed.map((name) => {
    if (name.endsWith(':')) return escaped(name);
    // A room's own files, not what lies beyond it.
    if (name.endsWith('/')) return `${escaped(name)}(?!\\.\\.)`;
    return name.startsWith('.') ? `${escaped(name)}$` : `${escaped(name)}(/|$)`;
  });
  const regex = `^(?!${[own, ...others].join('|')})`;
  const message = `${room} may import only: ./, ${allowed.join(', ') || 'nothing else'}.`;
  return {
    files: [`${room}/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ regex, message }] }] },
  };
}

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: ['src/tsconfig.json', 'webview/tsconfig.json', 'test/tsconfig.json'] },
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
  ...Object.entries(rooms).map(boundary),
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
