import { basename } from 'node:path';

/** Suffixes of file names used by exporters, most precise first. */
const precisions: readonly (readonly string[])[] = [
  // No suffix is float32 by the convention of optimum and transformers.js.
  ['', 'fp32'],
  ['fp16'],
  ['bf16'],
  ['int8', 'uint8', 'quantized'],
  ['q8'],
  ['q4f16', 'q4', 'int4', 'uint4', 'bnb4'],
  ['q2', 'q2f16'],
];

/** Names of the whole decoder used by exporters, in order of preference. */
const decoderNames = ['model', 'decoder_model_merged', 'decoder_model', 'decoder_with_past_model'];

const otherParts = /encoder|embed|vision|audio|speech/iu;

/** Sorts .onnx files: whole decoders, then files with unknown names, then other parts, each with the most precise first. */
export function byPrecision(a: string, b: string): number {
  const [first, second] = [rank(a), rank(b)];
  const differing = first.findIndex((value, i) => value !== second[i]);
  return differing < 0 ? a.localeCompare(b) : first[differing]! - second[differing]!;
}

function rank(file: string): readonly number[] {
  const name = basename(file, '.onnx');
  const precision = precisions.findIndex((suffixes) =>
    suffixes.some((suffix) => suffix !== '' && name.endsWith(`_${suffix}`)),
  );
  const suffix = precision < 0 ? undefined : precisions[precision]!.find((one) => name.endsWith(`_${one}`));
  const stem = suffix === undefined ? name : name.slice(0, -suffix.length - 1);
  const decoder = decoderNames.indexOf(stem);
  const kind = decoder >= 0 ? 0 : otherParts.test(name) ? 2 : 1;
  const within = precisions[Math.max(precision, 0)]!.indexOf(suffix ?? '');
  return [kind, Math.max(precision, 0), within, decoder];
}
