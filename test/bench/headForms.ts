import { onnxDataType, type OnnxModel, type OnnxNode, type OnnxTensor } from '../../src/model/onnx/writer';

/** The head of LLaMA-2-7B. */
export const vocabSize = 32_000;
export const hiddenSize = 4_096;

/** Number of values that share a scale in the MatMulNBits form. */
const blockSize = 32;
const blocks = hiddenSize / blockSize;
const codeBytes = (vocabSize * hiddenSize) / 2;

export type Layout = '[vocab, hidden]' | '[hidden, vocab]';

/** One way to store the head; all float forms contain the same U. */
export interface HeadForm {
  readonly name: string;
  readonly layout: Layout;
  readonly element: 'float16' | 'float32' | 'int4';
  /** Issue 3's bound for a cold command line, in seconds. */
  readonly target: number;
}

export const headForms: readonly HeadForm[] = [
  { name: 'float16-hidden-vocab', layout: '[hidden, vocab]', element: 'float16', target: 1.2 },
  { name: 'float16-vocab-hidden', layout: '[vocab, hidden]', element: 'float16', target: 0.6 },
  { name: 'float32-hidden-vocab', layout: '[hidden, vocab]', element: 'float32', target: 1.2 },
  { name: 'float32-vocab-hidden', layout: '[vocab, hidden]', element: 'float32', target: 0.6 },
  { name: 'int4-blocks', layout: '[vocab, hidden]', element: 'int4', target: 0.6 },
];

/** The file next to model.onnx that contains all data. */
export const dataFile = 'model.onnx_data';

/** A graph with only the head, and the embedding if it is tied. */
export function headModel(form: HeadForm): OnnxModel {
  const { initializer, node } = form.element === 'int4' ? nBitsGraph() : floatGraph(form);
  const output = [{ name: 'logits', elemType: onnxDataType.float, shape: ['batch', 'sequence', vocabSize] }];
  const input = [{ name: 'hidden', elemType: onnxDataType.float, shape: ['batch', 'sequence', hiddenSize] }];
  return {
    irVersion: 10,
    opsetImport: { '': 21, 'com.microsoft': 1 },
    producerName: 'concept-probe bench',
    graph: { name: 'head', node, initializer, input, output },
  };
}

/** The contents of the data file, in order. */
export function* headData(form: HeadForm): Generator<Uint8Array> {
  if (form.element === 'int4') yield* nBitsData();
  else yield* floatData(form.element, form.layout);
}

interface HeadGraph {
  readonly node: readonly OnnxNode[];
  readonly initializer: readonly OnnxTensor[];
}

function floatGraph({ element, layout }: HeadForm): HeadGraph {
  const isTied = layout === '[vocab, hidden]';
  const weight = {
    name: isTied ? 'model.embed_tokens.weight' : 'onnx::MatMul_1',
    dims: isTied ? [vocabSize, hiddenSize] : [hiddenSize, vocabSize],
    dataType: element === 'float16' ? onnxDataType.float16 : onnxDataType.float,
    externalData: { location: dataFile },
  };
  const transpose = {
    opType: 'Transpose',
    input: [weight.name],
    output: ['transposed'],
    attribute: [{ name: 'perm', ints: [1, 0] }],
  };
  const product = {
    opType: 'MatMul',
    input: ['hidden', isTied ? 'transposed' : weight.name],
    output: ['logits'],
  };
  return { node: isTied ? [transpose, product] : [product], initializer: [weight] };
}

function nBitsGraph(): HeadGraph {
  const codes = {
    name: 'lm_head.MatMul.weight_Q4',
    dims: [vocabSize, blocks, blockSize / 2],
    dataType: onnxDataType.uint8,
    externalData: { location: dataFile, offset: '0', length: `${codeBytes}` },
  };
  const scales = {
    name: 'lm_head.MatMul.weight_scales',
    dims: [vocabSize, blocks],
    dataType: onnxDataType.float,
    externalData: { location: dataFile, offset: `${codeBytes}`, length: `${vocabSize * blocks * 4}` },
  };
  const product = {
    opType: 'MatMulNBits',
    domain: 'com.microsoft',
    input: ['hidden', codes.name, scales.name],
    output: ['logits'],
    attribute: [
      { name: 'K', i: hiddenSize },
      { name: 'N', i: vocabSize },
      { name: 'bits', i: 4 },
      { name: 'block_size', i: blockSize },
    ],
  };
  return { node: [product], initializer: [codes, scales] };
}

/** Stored rows written at a time: a few megabytes. */
const rowsAtOnce = 32;

function* floatData(element: 'float16' | 'float32', layout: Layout): Generator<Uint8Array> {
  const byTokens = layout === '[vocab, hidden]';
  const [rows, columns] = byTokens ? [vocabSize, hiddenSize] : [hiddenSize, vocabSize];
  const [rowStep, columnStep] = byTokens ? [hiddenSize, 1] : [1, hiddenSize];
  const values = new (element === 'float16' ? Uint16Array : Uint32Array)(rowsAtOnce * columns);
  const bitsOf = element === 'float16' ? float16Bits : float32Bits;
  for (let start = 0; start < rows; start += rowsAtOnce) {
    for (let i = 0; i < rowsAtOnce; i++) {
      const place = (start + i) * rowStep;
      for (let j = 0; j < columns; j++) values[i * columns + j] = bitsOf(random(place + j * columnStep));
    }
    yield new Uint8Array(values.buffer);
  }
}

function* nBitsData(): Generator<Uint8Array> {
  const words = new Uint32Array(1 << 20);
  for (let start = 0; start < codeBytes / 4; start += words.length) {
    const count = Math.min(words.length, codeBytes / 4 - start);
    for (let i = 0; i < count; i++) words[i] = random(start + i);
    yield new Uint8Array(words.buffer, 0, count * 4);
  }
  // Scales from 0.002 to 0.004, like those of a trained head.
  yield new Uint8Array(
    Float32Array.from({ length: vocabSize * blocks }, (_, i) => 0.002 * (1 + random(~i) / 2 ** 32)).buffer,
  );
}

/** 13 random bits as a number between 2⁻⁷ and 2⁻³ of either sign, which avoids special values. */
function float16Bits(bits: number): number {
  return ((bits & 1) << 15) | ((8 + ((bits >>> 1) & 3)) << 10) | ((bits >>> 3) & 0x3ff);
}

/** The same number in float32. */
function float32Bits(bits: number): number {
  return ((bits & 1) << 31) | ((8 + 112 + ((bits >>> 1) & 3)) << 23) | (((bits >>> 3) & 0x3ff) << 13);
}

const seed = 0x5eed;

/**
 * 32 bits that depend only on the position, so that every layout contains the same matrix. The finalizer is MurmurHash3's.
 */
function random(place: number): number {
  let bits = Math.imul(place ^ seed, 0x9e3779b1);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
