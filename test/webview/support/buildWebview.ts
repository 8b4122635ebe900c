import { build } from 'esbuild';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../support/places';

const sources = ['webview', 'src'];

/** The bundle's files, rebuilt if a source is newer. */
export async function buildWebview(): Promise<{ script: string; style: string }> {
  const script = join(root, 'dist/webview.js');
  const style = join(root, 'dist/webview.css');
  if (Math.min(changed(script), changed(style)) < newestSource()) {
    await build({
      absWorkingDir: root,
      entryPoints: { webview: 'webview/main.ts' },
      outdir: 'dist',
      bundle: true,
      minify: true,
      platform: 'browser',
      target: 'es2022',
      format: 'iife',
    });
  }
  return { script, style };
}

function newestSource(): number {
  const files = sources.flatMap((folder) =>
    readdirSync(join(root, folder), { encoding: 'utf8', recursive: true }).map((name) =>
      join(root, folder, name),
    ),
  );
  return Math.max(...files.map(changed));
}

/** When the file was last written; 0 if there is none. */
function changed(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
