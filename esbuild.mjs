import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { build, context } from 'esbuild';
import { notices } from './scripts/notices.mjs';

/** Bundles into dist/: the extension host, the engine and download processes, the command line and the webview. `--watch` rebuilds. */
const production = process.argv.includes('--production');

const shared = {
  bundle: true,
  outdir: 'dist',
  sourcemap: production ? false : 'inline',
  minify: production,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};

const node = {
  ...shared,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode', 'onnxruntime-node'],
  // jsonc-parser's main is UMD, which hides its requires from a bundler.
  mainFields: ['module', 'main'],
  entryPoints: {
    extension: 'src/extension.ts',
    engine: 'src/engine/engineProcess.ts',
    simulator: 'src/engine/simulatorProcess.ts',
    cli: 'src/cli/main.ts',
    hubReader: 'src/model/remote/hubReader.ts',
  },
};

/** What transformers.js would run models with: it only asks the Hub here, which must not need any binary. */
const withoutRuntimes = {
  name: 'without-runtimes',
  setup({ onResolve, onLoad }) {
    const filter = /^onnxruntime-(web|common)(\/|$)/;
    onResolve({ filter }, ({ path }) => ({ path, namespace: 'nothing' }));
    onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: 'module.exports = {};' }));
  },
};

const download = {
  ...node,
  entryPoints: { download: 'src/engine/downloadProcess.ts' },
  // Its build for the web asks the Hub as well and, unlike that for Node, does not load sharp and onnxruntime-node.
  alias: { '@huggingface/transformers': './node_modules/@huggingface/transformers/dist/transformers.web.js' },
  define: { 'import.meta.url': 'undefined' },
  plugins: [withoutRuntimes],
};

const webview = {
  ...shared,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  entryPoints: { webview: 'webview/main.ts' },
};

if (process.argv.includes('--watch')) {
  for (const options of [node, download, webview]) await (await context(options)).watch();
} else {
  const results = await Promise.all([node, download, webview].map((options) => build(options)));
  mkdirSync('dist', { recursive: true });
  writeFileSync(
    'dist/NOTICE.txt',
    notices(
      results.map(({ metafile }) => metafile),
      // The last lies inside transformers.js' own bundle.
      ['onnxruntime-node', 'onnxruntime-common', ...llamaBuilds(), '@huggingface/jinja'],
    ),
  );
}

/** llama.cpp for this platform, if npm found it. */
function llamaBuilds() {
  const scope = 'node_modules/@node-llama-cpp';
  const names = existsSync(scope) ? readdirSync(scope) : [];
  return names.filter((name) => name.includes(process.arch)).map((name) => `@node-llama-cpp/${name}`);
}
