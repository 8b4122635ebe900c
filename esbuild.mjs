import { build, context } from 'esbuild';

/** Bundles into dist/: the extension host, the engine process, the command line and the webview. `--watch` rebuilds. */
const production = process.argv.includes('--production');

const shared = { bundle: true, outdir: 'dist', sourcemap: !production, minify: production, logLevel: 'warning' };

const node = {
  ...shared,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode'],
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
  await Promise.all([build(node), build(webview)]);
}
