import type { Context } from 'mocha';
import { buildName } from '../../../src/model/llama/builds';

/** node-llama-cpp's packages of binaries: their names are those of optional dependencies. */
const platforms = ['linux-x64', 'linux-arm64', 'mac-x64', 'mac-arm64-metal', 'win-x64', 'win-arm64'];

/** Skips what runs GGUF models where npm has no llama.cpp: other processors, and Alpine's C library. */
export function needsLlama(context: Context): void {
  const name = buildName('cpu', process);
  const report = process.report.getReport() as { readonly header: { readonly glibcVersionRuntime?: string } };
  const isMusl = process.platform === 'linux' && report.header.glibcVersionRuntime === undefined;
  if (name === null || !platforms.includes(name) || isMusl) context.skip();
}
