import { mkdirSync, writeFileSync } from 'node:fs';
import { build, context } from 'esbuild';
import { notices } from './scripts/notices.mjs';

/** Bundles into dist/: the extension host, the engine process, the command line and the webview. `--watch` rebuilds. */
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
  entryPoints: { extension: 'src/extension.ts', engine: 'src/engine/engine.ts', cli: 'src/cli/cli.ts' },
};

const webview = {
  ...shared,
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
  entryPoints: { webview: 'webview/main.ts' },
};

if (process.argv.includes('--watch')) {
  for (const options of [node, webview]) await (await context(options)).watch();
} else {
  const results = await Promise.all([build(node), build(webview)]);
  mkdirSync('dist', { recursive: true });
  writeFileSync('dist/NOTICE.txt', notices(results.map(({ metafile }) => metafile)));
}
