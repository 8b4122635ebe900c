import { ModelError } from '../../errors';
import { shown } from '../storage/refusalText';
import type { Model } from '../model';
import { loadAddon } from './llamaRuntime';

/** What llama.cpp calls `none` and `last`: the state of the last token is that of the text. */
const ofLastToken = new Set([0, 3]);

/**
 * Checks, without loading the model, that llama.cpp can compute the hidden states of a GGUF file.
 *
 * @throws ModelError with the reason if it cannot
 */
export function checkLlama({ gguf: { first, files } }: Model): void {
  const addon = loadAddon();
  const { label } = first.source;
  const architecture = first.string('general.architecture') ?? '';
  if (!addon.getIsArchSupported(architecture))
    throw new ModelError(
      `${label} cannot be run: this version of llama.cpp does not know the architecture ${shown(architecture)}; the geometry of pairs works without it.`,
    );
  const pooling = first.number(`${architecture}.pooling_type`) ?? 0;
  if (!ofLastToken.has(pooling))
    throw new ModelError(
      `${label} computes one state of a whole text, not of its last token; choose a language model.`,
    );
  const layers = first.number(`${architecture}.block_count`) ?? 0;
  const lastLayer = `blk.${layers - 1}.`;
  const names = files.flatMap(({ tensors }) => [...tensors.keys()]);
  if (layers > 0 && !names.some((name) => name.startsWith(lastLayer)))
    throw new ModelError(
      `${label} cannot be run: ${architecture}.block_count is ${layers}, but there is no tensor ${lastLayer}*; the geometry of pairs works without the layers.`,
    );
}
