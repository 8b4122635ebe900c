import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A build of llama.cpp that is installed. */
export interface LlamaBuild {
  /** Its folder of libraries. */
  readonly folder: string;
  readonly addon: string;
}

/** The machine that it has to run on. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
}

/** What llama.cpp can compute on. */
export type LlamaDevice = 'cpu' | 'cuda' | 'vulkan' | 'metal';

/**
 * The build for a device, `null` if none is installed. Those for CPUs, and for Metal on Apple silicon, come with the
 * extension; those for CUDA and Vulkan are found if somebody installed them where Node.js looks.
 */
export function findBuild(device: LlamaDevice, machine: Machine = process): LlamaBuild | null {
  const name = buildName(device, machine);
  if (name === null) return null;
  try {
    const main = createRequire(__filename).resolve(`@node-llama-cpp/${name}`);
    const folder = join(dirname(dirname(main)), 'bins', name);
    return { folder, addon: join(folder, 'llama-addon.node') };
  } catch {
    return null;
  }
}

/** As node-llama-cpp names its packages of binaries. */
export function buildName(device: LlamaDevice, { platform, arch }: Machine): string | null {
  const system = { linux: 'linux', darwin: 'mac', win32: 'win' }[platform];
  if (system === undefined) return null;
  const base = `${system}-${arch}`;
  // The only build for Apple silicon has Metal and can also compute on the CPU.
  if (base === 'mac-arm64') return device === 'metal' || device === 'cpu' ? `${base}-metal` : null;
  if (device === 'metal') return null;
  return device === 'cpu' ? base : `${base}-${device}`;
}
