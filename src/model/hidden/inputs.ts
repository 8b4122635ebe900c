import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { DecoderSettings } from './settings';
import { inputTensor, inputTypes, unknownInput } from './tensor';
import type { Runtime } from '../runtime/sessionRuntime';

/** The meaning of a decoder's input. */
type Role =
  | 'ids'
  | 'mask'
  | 'positions'
  | 'sharedPositions'
  | 'past'
  | 'pastLength'
  | 'totalLength'
  | 'lastPositions'
  | 'flag'
  | 'logitsToKeep';

/** Input names used by exporters, including those of genai_config.json; `%d` is a layer number. The first match counts. */
const roles: readonly (readonly [RegExp, Role])[] = [
  [/^(input_ids|tokens)$/u, 'ids'],
  [/^attention_mask$/u, 'mask'],
  [/^position_ids$/u, 'positions'],
  [/^cache_position$/u, 'sharedPositions'],
  [/^past_(seq|sequence)_len(gth)?$/u, 'pastLength'],
  [/^total_(seq|sequence)_len(gth)?$/u, 'totalLength'],
  [/^seqlens_k$/u, 'lastPositions'],
  [/^use_cache_branch$/u, 'flag'],
  [/^(num_)?logits_to_keep$/u, 'logitsToKeep'],
  [/^(past_key_values|past_(key|value)(_names)?|past|cache)([._-].*)?$/u, 'past'],
];

/** Input metadata of a session: every input of a decoder is a tensor. */
export type InputMetadata = InferenceSession.ValueMetadata;

/**
 * Tensors for a batch of contexts, padded on the right: causal attention never looks there, so positions have the same
 * values as without padding. The key-value cache is empty.
 *
 * @param length positions per row, at least the longest context
 * @throws ModelError if the model has an unknown input
 */
export function decoderFeeds(
  runtime: Runtime,
  inputs: readonly InputMetadata[],
  settings: DecoderSettings,
  contexts: readonly (readonly number[])[],
  length: number,
  label: string,
): Record<string, Tensor> {
  return Object.fromEntries(
    inputs.map((input) => [input.name, feed(runtime, input, settings, contexts, length, label)]),
  );
}

function feed(
  runtime: Runtime,
  input: InputMetadata,
  settings: DecoderSettings,
  contexts: readonly (readonly number[])[],
  length: number,
  label: string,
): Tensor {
  const role = roleOf(input.name, settings);
  if (!role || !input.isTensor) throw unknownInput(input.name, label);
  const batch = contexts.length;
  const grid = (value: (row: readonly number[], at: number) => number): Tensor => {
    const values = contexts.flatMap((row) => Array.from({ length }, (_, at) => value(row, at)));
    return inputTensor(runtime, input, values, [batch, length], label);
  };
  // Exporters use either scalars or vectors of one number.
  const single = (value: number): Tensor =>
    inputTensor(runtime, input, [value], input.shape.length === 0 ? [] : input.shape.map(() => 1), label);
  switch (role) {
    case 'ids':
      return grid((row, at) => row[at] ?? 0);
    case 'mask':
      return grid((row, at) => (at < row.length ? 1 : 0));
    case 'positions':
      return grid((_, at) => at);
    case 'sharedPositions':
      return inputTensor(
        runtime,
        input,
        Array.from({ length }, (_, at) => at),
        [length],
        label,
      );
    case 'past':
      return inputTensor(
        runtime,
        input,
        [],
        pastShape(input.name, input.shape, settings, batch, label),
        label,
      );
    case 'totalLength':
      return single(length);
    case 'lastPositions':
      return inputTensor(
        runtime,
        input,
        contexts.map((row) => row.length - 1),
        input.shape.length === 2 ? [batch, 1] : [batch],
        label,
      );
    case 'pastLength':
    case 'flag':
    case 'logitsToKeep':
      return single(0);
  }
}

/** The description of an input in the file. */
export interface StatedInput {
  readonly name: string;
  /** The type's name in ONNX Runtime. */
  readonly type: string;
  readonly shape: readonly (number | null)[] | null;
}

/** Whether {@link decoderFeeds} can make a tensor for each of these inputs. @throws ModelError if it cannot */
export function checkInputs(inputs: readonly StatedInput[], settings: DecoderSettings, label: string): void {
  for (const { name, type, shape } of inputs) {
    const role = roleOf(name, settings);
    if (!role) throw unknownInput(name, label);
    if (!inputTypes.has(type)) throw unknownInput(`${name} (${type})`, label);
    if (role === 'past' && shape) pastShape(name, shape, settings, 1, label);
  }
}

function roleOf(name: string, { inputNames }: DecoderSettings): Role | undefined {
  const pattern = name.replace(/\d+/u, '%d');
  const usual = inputNames.get(name) ?? inputNames.get(pattern) ?? name;
  return roles.find(([names]) => names.test(usual))?.[1];
}

/** `[batch, heads, 0, head size]`, after a leading 2 where keys and values share a tensor. */
function pastShape(
  name: string,
  shape: readonly (number | string | null)[],
  { keyValueHeads, headSize }: DecoderSettings,
  batch: number,
  label: string,
): number[] {
  const expected = [batch, keyValueHeads, 0, headSize];
  const lead = shape.length - expected.length;
  return shape.map((stated, axis) => {
    // The cache is empty even if the export states a length for it, and the batch size is the requested one.
    const value = axis === lead + 2 ? 0 : typeof stated === 'number' ? stated : expected[axis - lead];
    if (value === undefined || value === null) throw unknownInput(name, label);
    return value;
  });
}
