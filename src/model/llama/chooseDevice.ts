import type { ExecutionProvider } from '../runtime/sessionRuntime';
import { findBuild, type LlamaDevice } from './builds';
import { loadLlama, type Llama } from './llamaRuntime';

export interface ChosenDevice {
  readonly llama: Llama;
  readonly device: LlamaDevice;
  /** One sentence if the requested provider is not available. */
  readonly note: string | null;
}

/**
 * The build of llama.cpp for a provider, loaded. Without a provider, a GPU that some build can use, or else the CPU.
 *
 * @throws ModelError if there is not even one for the CPU
 */
export async function chooseDevice(provider: ExecutionProvider | undefined): Promise<ChosenDevice> {
  const reasons: string[] = [];
  for (const device of gpusFor(provider)) {
    const build = findBuild(device);
    if (!build) {
      reasons.push('no build for it is installed');
      continue;
    }
    try {
      const llama = await loadLlama(build);
      llama.addon.ensureGpuDeviceIsSupported();
      if (llama.device === device) return { llama, device, note: null };
      reasons.push('it finds no such device');
    } catch (error) {
      reasons.push(error instanceof Error ? error.message.split('\n')[0]! : String(error));
    }
  }
  const isMissed = provider !== undefined && provider !== 'cpu';
  return { llama: await loadLlama(), device: 'cpu', note: isMissed ? cpuNote(provider, reasons[0]!) : null };
}

/** Why a model ran on the CPU although a GPU was requested. */
export function cpuNote(provider: string, reason: string): string {
  return `llama.cpp cannot use ${provider} here (${reason}); it ran on the CPU.`;
}

/** The settings that ONNX Runtime has for other kinds of GPUs stand for those that llama.cpp has for them. */
function gpusFor(provider: ExecutionProvider | undefined): readonly LlamaDevice[] {
  switch (provider) {
    case undefined:
      return ['metal', 'cuda', 'vulkan'];
    case 'cpu':
      return [];
    case 'cuda':
    case 'vulkan':
    case 'metal':
      return [provider];
    case 'coreml':
      return ['metal'];
    case 'dml':
    case 'webgpu':
      return ['vulkan'];
  }
}
