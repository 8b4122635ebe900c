import { cpSync, existsSync, rmSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { buildName, findBuild, type Machine } from '../src/model/llama/builds';

const root = join(__dirname, '..');

/**
 * The NVIDIA providers are larger than everything else together, and users who install them have them next to their ONNX
 * Runtime anyway.
 */
const tooLarge = /providers_(cuda|tensorrt)/u;

/**
 * Copies ONNX Runtime and llama.cpp to `dist/node_modules`, where the packaged bundles find them: the files that `require`
 * loads, and only the libraries for this platform. A package therefore works only on the platform that it was built for.
 *
 * @returns whether there is a library of ONNX Runtime for this platform; without it everything but hidden states works
 */
export function copyRuntime(platform: string = process.platform, arch: string = process.arch): boolean {
  const source = dirname(require.resolve('onnxruntime-node/package.json'));
  const library = join('bin', 'napi-v6', platform, arch);
  const target = join(root, 'dist', 'node_modules');
  rmSync(target, { recursive: true, force: true });
  if (!existsSync(join(source, library, 'onnxruntime_binding.node'))) return false;
  copy(source, join(target, 'onnxruntime-node'), ['package.json', 'dist', library]);
  // The version next to it is the one that it requires: otherwise npm would have nested another.
  const common = dirname(dirname(dirname(require.resolve('onnxruntime-common', { paths: [source] }))));
  copy(common, join(target, 'onnxruntime-common'), ['package.json', join('dist', 'cjs')]);
  copyLlama(target, { platform, arch });
  return true;
}

/** llama.cpp for GGUF models, where npm found a build for this platform. */
function copyLlama(target: string, machine: Machine): void {
  const [name, build] = [buildName('cpu', machine), findBuild('cpu', machine)];
  if (name === null || !build || !existsSync(build.addon)) return;
  const source = dirname(dirname(build.folder));
  copy(source, join(target, '@node-llama-cpp', name), ['package.json', 'dist', join('bins', name)]);
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
