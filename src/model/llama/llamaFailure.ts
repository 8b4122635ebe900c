import { ModelError } from '../../errors';
import { shown } from '../storage/refusalText';
import type { Llama } from './llamaRuntime';

/** Turns a failure of llama.cpp into one sentence, with the reason that it logged. */
export async function llamaFailure(llama: Llama, label: string, error: unknown): Promise<ModelError> {
  const [logged] = await llama.takeErrors();
  const reason = logged ?? (error instanceof Error ? error.message : String(error));
  // Without the names of its functions.
  const plain = reason.replace(/^(?:\w+: )+(?:error loading model: )?/u, '').replace(/[.;:\s]+$/u, '');
  return new ModelError(
    `${label} cannot be run by llama.cpp (${shown(plain)}); choose another file of the model, or download it again.`,
  );
}
