import { ModelError } from '../../errors';
import { checkpointHead, type LogitSteps } from '../head/checkpointHead';
import type { Head } from '../head/head';
import type { StoredTensor } from '../head/weight';
import { elementTypes } from '../storage/elementTypes';
import { shown, unsupportedHead } from '../storage/refusalText';
import { ggmlTypes } from './ggmlTypes';
import type { GgufFile, GgufTensor } from './ggufFile';

const [headName, embeddingName] = ['output.weight', 'token_embd.weight'];

/**
 * Finds the head, `output.weight`, or else the token embedding that also serves as the head.
 *
 * @param files the parts of the model, the first of which has the metadata
 * @returns the head, and the part that it is in
 * @throws ModelError if there is none, or its format cannot be read
 */
export function ggufHead(files: readonly GgufFile[]): { readonly head: Head; readonly file: GgufFile } {
  const [first] = files;
  const holder = (name: string): GgufFile | undefined => files.find(({ tensors }) => tensors.has(name));
  const file = holder(headName) ?? holder(embeddingName);
  if (!file) throw noHead(first!);
  const tied = !file.tensors.has(headName);
  const tensor = storedTensor(file.tensors.get(tied ? embeddingName : headName)!, file.source.label);
  const steps = stepsAfter(first!, holder('output.bias') !== undefined);
  return { file, head: checkpointHead(file.source.label, { tensor, tied, steps }) };
}

/** With its dimensions in the usual order, `[vocab, hidden]`. @throws ModelError if its format or shape cannot be read */
function storedTensor({ name, dimensions, type, offset }: GgufTensor, label: string): StoredTensor {
  const { name: typeName, element } = ggmlTypes.get(type) ?? { name: `type ${type}`, element: null };
  if (element === null)
    throw unsupportedHead(
      label,
      `${name} in ${typeName}`,
      'choose another quantization, such as Q4_K_M or Q8_0',
    );
  const [hidden = 0, vocab = 0, ...others] = dimensions;
  const { blockSize = 1, bits } = elementTypes.get(element)!;
  if (others.some((size) => size !== 1) || hidden % blockSize !== 0) {
    const shape = dimensions.join(', ');
    throw unsupportedHead(label, `${name} of shape [${shape}] in ${typeName}`, 'convert the model again');
  }
  const length = (hidden * vocab * bits) / 8;
  return { name, dimensions: [vocab, hidden], element, data: { kind: 'inline', offset, length } };
}

/** According to the metadata, as llama.cpp uses it. */
function stepsAfter(file: GgufFile, hasBias: boolean): LogitSteps {
  const architecture = file.string('general.architecture') ?? '';
  // 0 stands for none.
  const stated = file.number(`${architecture}.logit_scale`) ?? 0;
  const scale = stated === 0 ? 1 : stated;
  return {
    hasBias,
    // Granite divides by it.
    scale: architecture.startsWith('granite') ? 1 / scale : scale,
    softCap: file.number(`${architecture}.final_logit_softcapping`) ?? 0,
  };
}

function noHead(file: GgufFile): ModelError {
  const { label } = file.source;
  if (file.string('general.type') === 'adapter')
    return new ModelError(
      `${label} is a LoRA adapter; merge it into its model, or choose the model's own file.`,
    );
  const architecture = file.string('general.architecture') ?? 'unknown';
  return new ModelError(
    `${label} (architecture ${shown(architecture)}) has neither ${headName} nor ${embeddingName}; choose the file of a language model.`,
  );
}
