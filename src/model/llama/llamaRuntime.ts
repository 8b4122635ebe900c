import { createRequire } from 'node:module';
import { ModelError } from '../../errors';
import { errorLevel, type LlamaAddon } from './addon';
import { findBuild, type LlamaBuild, type LlamaDevice } from './builds';

/** llama.cpp, loaded. */
export interface Llama {
  readonly addon: LlamaAddon;
  /** What this build computes on, where a model fits. */
  readonly device: LlamaDevice;
  /** What llama.cpp logged as errors since the last call, in its own words. */
  takeErrors(): Promise<readonly string[]>;
}

/** Builds that this process loaded: a library cannot be unloaded. */
const loaded = new Map<string, Promise<Llama>>();

/** Loads a build when it is first needed. @throws ModelError if there is none, or it cannot be loaded here */
export function loadLlama(build: LlamaBuild | null = findBuild('cpu')): Promise<Llama> {
  const key = build?.folder ?? '';
  const llama = loaded.get(key) ?? start(build);
  loaded.set(key, llama);
  return llama;
}

/**
 * llama.cpp's library without the libraries that compute: enough to ask what it supports.
 *
 * @throws ModelError if there is none, or it cannot be loaded here
 */
export function loadAddon(build: LlamaBuild | null = findBuild('cpu')): LlamaAddon {
  let reason = 'no build for it is installed';
  if (build) {
    try {
      return createRequire(__filename)(build.addon) as LlamaAddon;
    } catch (error) {
      reason = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    }
  }
  throw new ModelError(
    `llama.cpp cannot be loaded on ${process.platform} ${process.arch} (${reason}), so GGUF models cannot be run; the geometry of pairs works without it.`,
  );
}

async function start(build: LlamaBuild | null): Promise<Llama> {
  const addon = loadAddon(build);
  let errors: string[] = [];
  addon.setLogger((_, message) => errors.push(message.trim()));
  addon.setLoggerLogLevel(errorLevel);
  // Otherwise a GPU takes part in large batches of models that are to run on the CPU.
  addon.setEnv('GGML_OP_OFFLOAD_MIN_BATCH', String(2 ** 31 - 1));
  addon.loadBackends();
  if (build && !addon.getGpuType()) addon.loadBackends(build.folder);
  await addon.init();
  const gpu = addon.getGpuType();
  return {
    addon,
    device: gpu === undefined || gpu === false ? 'cpu' : gpu,
    takeErrors: async () => {
      // The log comes through the event loop.
      await new Promise((resolve) => setImmediate(resolve));
      const taken = errors;
      errors = [];
      return taken;
    },
  };
}
