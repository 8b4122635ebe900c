import { circles, fromRoot, targetOf } from './importGraph.mjs';

/**
 * What each room may import in addition to its own files: other rooms and files by path, packages by name (a name that ends
 * in `:` or `/` is a prefix). A folder without an entry belongs to the room that contains it.
 */
const rooms = {
  'src/errors': [],
  'src/geometry': ['pure-rand'],
  'src/reading': ['src/geometry'],
  'src/simulator': ['src/geometry', 'src/errors'],
  'src/concepts': ['src/errors', 'valibot', 'jsonc-parser'],
  'src/protocol': ['src/geometry', 'src/concepts', 'src/simulator', 'src/errors', 'valibot'],
  'src/format': ['src/concepts', 'src/protocol', 'src/simulator'],
  'src/model': [
    ...['src/errors', 'src/geometry', 'src/protocol/hubReference', 'src/protocol/weightFormat', 'node:'],
  ],
  'src/model/storage': ['src/errors', 'src/model/reasonOf', 'node:'],
  'src/model/onnx': ['src/errors', 'src/model/storage', 'src/model/reasonOf', 'node:'],
  'src/model/head': [
    'src/errors',
    'src/geometry',
    'src/model/storage',
    'src/model/onnx',
    'src/model/reasonOf',
  ],
  'src/model/safetensors': [
    ...[
      'src/errors',
      'src/model/storage',
      'src/model/head',
      'src/model/isObject',
      'src/model/jsonFile',
      'src/protocol/weightFormat',
      'node:',
    ],
  ],
  'src/model/gguf': ['src/errors', 'src/model/storage', 'src/model/head', 'node:'],
  'src/model/tokenizer': [
    ...['src/errors', 'src/model/gguf', 'src/model/storage', 'src/model/modelFolder', 'src/model/isObject'],
    ...['src/model/orUndefined', 'src/model/jsonFile', 'node:', '@huggingface/'],
  ],
  'src/model/runtime': ['src/errors', 'src/model/reasonOf', 'node:', 'onnxruntime-node'],
  'src/model/llama': ['src/errors', 'src/model', 'node:'],
  'src/model/algebra': ['src/errors', 'src/geometry', 'src/model', 'node:', 'onnxruntime-node'],
  'src/model/hidden': ['src/errors', 'src/model', 'node:', 'onnxruntime-node', '@huggingface/'],
  'src/model/places': [
    ...['src/errors', 'src/model', 'src/protocol/foundModel', 'src/protocol/weightFormat', 'node:'],
  ],
  'src/model/hub': [
    ...['src/errors', 'src/model', 'src/protocol/weightFormat', 'node:', 'valibot', '@huggingface/'],
  ],
  'src/model/remote': [
    ...['src/errors', 'src/model', 'src/protocol/hubReference', 'src/protocol/weightFormat', 'node:'],
  ],
  'src/probe': [
    'src/errors',
    'src/geometry',
    'src/concepts',
    'src/protocol',
    'src/format',
    'src/model',
    'src/reading',
    'node:',
    'package.json',
  ],
  'src/probe/words': [
    ...['src/errors', 'src/geometry', 'src/concepts', 'src/protocol', 'src/model', 'src/probe/rowSource'],
  ],
  'src/probe/geometry': [
    ...['src/errors', 'src/geometry', 'src/protocol', 'src/model'],
    ...['src/probe/rowSource', 'src/probe/words'],
  ],
  'src/engine': [
    ...['src/errors', 'src/geometry', 'src/concepts', 'src/simulator', 'src/protocol', 'src/format'],
    ...['src/model', 'src/probe', 'node:', 'package.json'],
  ],
  'src/export': [
    ...['src/errors', 'src/geometry', 'src/concepts', 'src/simulator', 'src/protocol', 'src/format', 'node:'],
  ],
  'src/cli': [
    ...['src/errors', 'src/geometry', 'src/concepts', 'src/simulator', 'src/protocol', 'src/format'],
    ...['src/reading', 'src/engine', 'src/export', 'node:', 'package.json'],
  ],
  'src/panel': ['src/protocol', 'node:', 'vscode'],
  'src/editor': [
    ...['src/errors', 'src/geometry', 'src/concepts', 'src/simulator', 'src/protocol', 'src/format'],
    ...['src/reading', 'src/engine/engineClient', 'src/export', 'package.json', 'node:', 'vscode'],
  ],
  webview: [
    ...['src/errors', 'src/geometry', 'src/simulator', 'src/protocol', 'src/format'],
    ...['src/concepts/concept', 'src/concepts/tokenRule', 'src/export/figures', 'src/export/fileNamePart'],
    ...['src/export/npy', 'package.json', 'lit', 'echarts', '@vscode/webview-ui-toolkit'],
  ],
};

/** What every room may import: the translation of its texts. */
const everywhere = ['@vscode/l10n'];

/** The room that a file belongs to; `undefined` for `extension.ts`, which connects everything. */
function roomOf(file) {
  return Object.keys(rooms)
    .filter((room) => isIn(file, room))
    .sort((a, b) => b.length - a.length)[0];
}

function isIn(target, place) {
  if (target === place || target === `${place}.ts`) return true;
  return target.startsWith(/[:/]$/u.test(place) ? place : `${place}/`);
}

let found;

const rule = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      boundary: '{{room}} may import only its own files and {{allowed}}.',
      circle: 'This import closes a circle.',
    },
  },
  create(context) {
    const file = fromRoot(context.filename);
    const room = roomOf(file);
    found ??= circles(['src', 'webview']);
    const check = (source) => {
      if (typeof source?.value !== 'string') return;
      const target = targetOf(file, source.value);
      const allowed = room === undefined ? [] : [...rooms[room], ...everywhere];
      // A nested room can be allowed by its own path or by that of the room that contains it.
      if (room !== undefined && ![room, ...allowed].some((place) => isIn(target, place))) {
        const data = { room, allowed: allowed.join(', ') || 'nothing else' };
        context.report({ node: source, messageId: 'boundary', data });
      }
      if (found.has(file) && found.get(file) === found.get(`${target}.ts`))
        context.report({ node: source, messageId: 'circle' });
    };
    return {
      ImportDeclaration: ({ source }) => check(source),
      ExportNamedDeclaration: ({ source }) => check(source),
      ExportAllDeclaration: ({ source }) => check(source),
      ImportExpression: ({ source }) => check(source),
      TSImportType: ({ source }) => check(source),
    };
  },
};

/** ESLint plugin: rooms import only what CONTRIBUTING.md allows, and there are no circular imports. */
export default { rules: { imports: rule } };
