import { cpSync, existsSync, rmSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const root = join(__dirname, '..');

/** The providers for NVIDIA cards weigh more than all else together; who installs them has them beside ONNX Runtime anyway. */
const tooLarge = /providers_(cuda|tensorrt)/u;

/**
 * Copies ONNX Runtime into `dist/node_modules`, where the bundles find it once they are packed: what `require` loads, and of
 * the libraries those of this platform only. A package is therefore for the platform that it was packed on.
 *
 * @returns whether there is one for this platform; without it all but hidden states works
 */
export function copyRuntime(platform: string = process.platform, arch: string = process.arch): boolean {
  const source = dirname(require.resolve('onnxruntime-node/package.json'));
  const library = join('bin', 'napi-v6', platform, arch);
  const target = join(root, 'dist', 'node_modules');
  rmSync(target, { recursive: true, force: true });
  if (!existsSync(join(source, library, 'onnxruntime_binding.node'))) return false;
  copy(source, join(target, 'onnxruntime-node'), ['package.json', 'dist', library]);
  // What stands beside it is the version that it asks for: npm would have nested another.
  const common = dirname(dirname(dirname(require.resolve('onnxruntime-common', { paths: [source] }))));
  copy(common, join(target, 'onnxruntime-common'), ['package.json', join('dist', 'cjs')]);
  return true;
}

function copy(source: string, target: string, parts: readonly string[]): void {
  for (const part of parts) {
    cpSync(join(source, part), join(target, part), {
      recursive: true,
      dereference: true,
      filter: (path) => isLoaded(relative(source, path).split(sep).at(-1) ?? ''),
    });
  }
}

function isLoaded(name: string): boolean {
  return !/\.(map|d\.ts)$/u.test(name) && !tooLarge.test(name);
}
