import { basename } from 'node:path';
import { formatByName } from '../protocol/weightFormat';

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

/** How much GGUF files keep, by the end of their names (llama.cpp), most precise first. */
const quantizations = ['F32', 'BF16', 'F16', 'Q8', 'Q6', 'Q5', 'Q4', 'IQ4', 'Q3', 'IQ3', 'Q2', 'IQ2', 'IQ1'];

/**
 * Sorts files of weights: .onnx files, which can be run, before .safetensors and .gguf files. Of .onnx files, whole decoders,
 * then files with unknown names, then other parts, each with the most precise first.
 */
export function byPrecision(a: string, b: string): number {
  const [first, second] = [rank(a), rank(b)];
  const differing = first.findIndex((value, i) => value !== second[i]);
  return differing < 0 ? a.localeCompare(b) : first[differing]! - second[differing]!;
}

function rank(file: string): readonly number[] {
  const format = formatByName(file);
  if (format === 'ONNX') return [0, ...onnxRank(basename(file, '.onnx'))];
  const name = basename(file);
  // An adapter is not a whole model.
  if (format === 'safetensors')
    return [1, name.startsWith('model') ? 0 : 1, name.startsWith('adapter') ? 1 : 0];
  const type = /^(?:I?Q\d|B?F16|F32)/u.exec(precisionInName(name) ?? '')?.[0];
  const precision = quantizations.indexOf(type ?? '');
  return [2, precision < 0 ? quantizations.length : precision];
}

/** The precision at the end of a file's name, such as `Q4_K_M` of a GGUF file or `fp16` of an .onnx file; `null` if it has none. */
export function precisionInName(file: string): string | null {
  const name = basename(file);
  if (formatByName(name) === 'ONNX') {
    const suffix = name.slice(0, -'.onnx'.length).split('_').at(-1)!;
    return precisions.flat().includes(suffix) ? suffix : null;
  }
  const [, type] =
    /[-._]((?:I?Q\d|TQ\d|MXFP4|B?F16|F32)(?:_[A-Z0-9]+)*)(?:-\d{5}-of-\d{5})?\.gguf$/iu.exec(name) ?? [];
  return type?.toUpperCase() ?? null;
}

function onnxRank(name: string): readonly number[] {
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
