import { UserError } from '../src/errors';
import type { Checkpoint, CheckpointConfig, CheckpointLayer } from './checkpoint';
import {
  onnxDataType,
  type OnnxAttribute,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValueInfo,
} from '../src/model/onnx/writer';

/** llama2.c's constants, which its checkpoints do not contain. */
export const rmsNormEpsilon = 1e-5;
export const ropeTheta = 10000;

/**
 * The checkpoint as Hugging Face's exporter would write a LlamaForCausalLM without a key-value cache: `input_ids`,
 * `attention_mask`, `position_ids` (int64 `[batch, sequence]`) → `logits` (float32 `[batch, sequence, vocab]`), with
 * standard ONNX operators only. Weights stay float32, so that the head's rows equal the checkpoint's bit by bit; a tied
 * head is stored once, as the embedding. Throws a UserError for a checkpoint with grouped key-value heads.
 */
export function llamaGraph(checkpoint: Checkpoint): OnnxModel {
  const { config } = checkpoint;
  if (config.kvHeads !== config.heads) {
    throw new UserError(
      `llamaGraph writes one key-value head per head, not ${config.kvHeads} for ${config.heads}.`,
    );
  }
  const graph = new GraphBuilder();
  const embedding = graph.floats(
    'model.embed_tokens.weight',
    [config.vocabSize, config.hiddenSize],
    checkpoint.embedding,
  );
  const rotary = rotaryEmbedding(graph, config);
  const mask = attentionMask(graph);
  let hidden = graph.op('/model/embed_tokens', 'Gather', [embedding, 'input_ids']);
  checkpoint.layers.forEach((layer, index) => {
    const block: Block = { graph, config, scope: `/model/layers.${index}`, weights: `model.layers.${index}` };
    hidden = attention(block, layer, hidden, rotary, mask);
    hidden = feedForward(block, layer, hidden);
  });
  const normed = rmsNorm(graph, '/model/norm', 'model.norm.weight', checkpoint.finalNorm, hidden);
  const head = checkpoint.classifier
    ? graph.linear('lm_head.MatMul.weight', config.vocabSize, config.hiddenSize, checkpoint.classifier)
    : graph.op('/lm_head', 'Transpose', [embedding], [{ name: 'perm', ints: [1, 0] }]);
  graph.node.push({ opType: 'MatMul', name: '/lm_head/MatMul', input: [normed, head], output: ['logits'] });

  return {
    irVersion: 8,
    opsetImport: { '': 17 },
    producerName: 'concept-probe',
    graph: {
      name: 'main_graph',
      node: graph.node,
      initializer: graph.initializer,
      input: ['input_ids', 'attention_mask', 'position_ids'].map((name) =>
        valueInfo(name, onnxDataType.int64),
      ),
      output: [valueInfo('logits', onnxDataType.float, config.vocabSize)],
    },
  };
}

function valueInfo(name: string, elemType: number, ...rest: number[]): OnnxValueInfo {
  return { name, elemType, shape: ['batch_size', 'sequence_length', ...rest] };
}

class GraphBuilder {
  readonly node: OnnxNode[] = [];
  readonly initializer: OnnxTensor[] = [];
  private readonly taken = new Set<string>();

  /** Adds a node named by its position in the model, as torch's tracer does; returns the name of its output. */
  op(
    scope: string,
    opType: string,
    input: readonly string[],
    attribute: readonly OnnxAttribute[] = [],
  ): string {
    let name = `${scope}/${opType}`;
    for (let count = 1; this.taken.has(name); count++) name = `${scope}/${opType}_${count}`;
    this.taken.add(name);
    const output = `${name}_output_0`;
    this.node.push({ opType, name, input, output: [output], attribute });
    return output;
  }

  floats(name: string, dims: readonly number[], data: Float32Array): string {
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return this.add({ name, dims, dataType: onnxDataType.float, rawData });
  }

  scalar(name: string, value: number): string {
    return this.floats(name, [], Float32Array.of(value));
  }

  ints(...values: number[]): string {
    return this.add({
      name: `ints_${values.join('_')}`,
      dims: [values.length],
      dataType: onnxDataType.int64,
      int64Data: values,
    });
  }

  int(value: number): string {
    return this.add({ name: `int_${value}`, dims: [], dataType: onnxDataType.int64, int64Data: [value] });
  }

  /** Stores `[out, in]` weights as the `[in, out]` that MatMul expects, as exporters do when they fold constants. */
  linear(name: string, outSize: number, inSize: number, weight: Float32Array): string {
    const transposed = new Float32Array(weight.length);
    for (let row = 0; row < outSize; row++) {
      for (let column = 0; column < inSize; column++)
        transposed[column * outSize + row] = weight[row * inSize + column]!;
    }
    return this.floats(name, [inSize, outSize], transposed);
  }

  /** Constants are shared: a name always refers to the same value. */
  private add(tensor: OnnxTensor & { name: string }): string {
    if (!this.taken.has(tensor.name)) this.initializer.push(tensor);
    this.taken.add(tensor.name);
    return tensor.name;
  }
}

interface Block {
  readonly graph: GraphBuilder;
  readonly config: CheckpointConfig;
  readonly scope: string;
  readonly weights: string;
}

interface Rotary {
  readonly cos: string;
  readonly sin: string;
}

/** cos and sin of position · θ^(−2i/d), `[batch, 1, sequence, headSize]`: the second half repeats the first. */
function rotaryEmbedding(graph: GraphBuilder, config: CheckpointConfig): Rotary {
  const scope = '/model/rotary_emb';
  const headSize = config.hiddenSize / config.heads;
  const inverse = Float32Array.from({ length: headSize / 2 }, (_, i) => ropeTheta ** ((-2 * i) / headSize));
  const frequencies = graph.floats('model.rotary_emb.inv_freq', [headSize / 2], inverse);
  const positions = graph.op(scope, 'Cast', ['position_ids'], [{ name: 'to', i: onnxDataType.float }]);
  const column = graph.op(scope, 'Unsqueeze', [positions, graph.ints(1, 3)]);
  const half = graph.op(scope, 'Mul', [column, frequencies]);
  const angles = graph.op(scope, 'Concat', [half, half], [{ name: 'axis', i: -1 }]);
  return { cos: graph.op(scope, 'Cos', [angles]), sin: graph.op(scope, 'Sin', [angles]) };
}

/**
 * Added to the scores, `[batch, 1, sequence, sequence]`: 0 where a position may attend, the lowest float32 at later
 * positions and at padding. It is finite, so that a row of only padding gives a uniform softmax instead of NaN.
 */
function attentionMask(graph: GraphBuilder): string {
  const scope = '/model';
  const shape = graph.op(scope, 'Shape', ['input_ids']);
  const length = graph.op(scope, 'Gather', [shape, graph.int(1)]);
  const range = graph.op(scope, 'Range', [graph.int(0), length, graph.int(1)]);
  const looking = graph.op(scope, 'Unsqueeze', [range, graph.ints(1)]);
  const causal = graph.op(scope, 'LessOrEqual', [range, looking]);
  const real = graph.op(scope, 'Cast', ['attention_mask'], [{ name: 'to', i: onnxDataType.bool }]);
  const seen = graph.op(scope, 'And', [graph.op(scope, 'Unsqueeze', [real, graph.ints(1, 2)]), causal]);
  return graph.op(scope, 'Where', [
    seen,
    graph.scalar('mask_seen', 0),
    graph.scalar('mask_hidden', -3.4028234663852886e38),
  ]);
}

function rmsNorm(
  graph: GraphBuilder,
  scope: string,
  name: string,
  weight: Float32Array,
  input: string,
): string {
  const square = graph.op(scope, 'Pow', [input, graph.scalar('two', 2)]);
  const mean = graph.op(
    scope,
    'ReduceMean',
    [square],
    [
      { name: 'axes', ints: [-1] },
      { name: 'keepdims', i: 1 },
    ],
  );
  const root = graph.op(scope, 'Sqrt', [
    graph.op(scope, 'Add', [mean, graph.scalar('rms_norm_eps', rmsNormEpsilon)]),
  ]);
  const normed = graph.op(scope, 'Div', [input, root]);
  return graph.op(scope, 'Mul', [graph.floats(name, [weight.length], weight), normed]);
}

function attention(
  block: Block,
  layer: CheckpointLayer,
  input: string,
  rotary: Rotary,
  mask: string,
): string {
  const { graph, config } = block;
  const { hiddenSize, heads } = config;
  const headSize = hiddenSize / heads;
  const scope = `${block.scope}/self_attn`;
  const normed = rmsNorm(
    graph,
    `${block.scope}/input_layernorm`,
    `${block.weights}.input_layernorm.weight`,
    layer.attentionNorm,
    input,
  );

  const project = (name: string, weight: Float32Array, from: string) => {
    const matrix = graph.linear(
      `${block.weights}.self_attn.${name}.MatMul.weight`,
      hiddenSize,
      hiddenSize,
      weight,
    );
    return graph.op(`${scope}/${name}`, 'MatMul', [from, matrix]);
  };
  /** `[batch, sequence, hidden]` → `[batch, head, …]` with the last two axes in the requested order. */
  const split = (value: string, ...last: [number, number]) => {
    const perHead = graph.op(scope, 'Reshape', [value, graph.ints(0, 0, heads, headSize)]);
    return graph.op(scope, 'Transpose', [perHead], [{ name: 'perm', ints: [0, 2, ...last] }]);
  };
  const rotated = (name: string, weight: Float32Array) =>
    rotate(block, split(project(name, halvesFromPairs(weight, config), normed), 1, 3), rotary);

  const query = rotated('q_proj', layer.query);
  const key = graph.op(
    scope,
    'Transpose',
    [rotated('k_proj', layer.key)],
    [{ name: 'perm', ints: [0, 1, 3, 2] }],
  );
  const value = split(project('v_proj', layer.value, normed), 1, 3);
  const product = graph.op(scope, 'MatMul', [query, key]);
  const scores = graph.op(scope, 'Div', [product, graph.scalar('root_head_dim', Math.sqrt(headSize))]);
  const weights = graph.op(
    scope,
    'Softmax',
    [graph.op(scope, 'Add', [scores, mask])],
    [{ name: 'axis', i: -1 }],
  );
  const mixed = graph.op(scope, 'MatMul', [weights, value]);
  const perToken = graph.op(scope, 'Transpose', [mixed], [{ name: 'perm', ints: [0, 2, 1, 3] }]);
  const joined = graph.op(scope, 'Reshape', [perToken, graph.ints(0, 0, hiddenSize)]);
  return graph.op(block.scope, 'Add', [input, project('o_proj', layer.output, joined)]);
}

/** Rotary positions in Hugging Face's layout: element i rotates with element i + headSize/2. */
function rotate({ graph, config, scope }: Block, value: string, { cos, sin }: Rotary): string {
  const at = `${scope}/self_attn`;
  const half = config.hiddenSize / config.heads / 2;
  const slice = (from: number, to: number) =>
    graph.op(at, 'Slice', [value, graph.ints(from), graph.ints(to), graph.ints(3)]);
  const first = slice(0, half);
  const turned = graph.op(
    at,
    'Concat',
    [graph.op(at, 'Neg', [slice(half, 2 * half)]), first],
    [{ name: 'axis', i: -1 }],
  );
  return graph.op(at, 'Add', [graph.op(at, 'Mul', [value, cos]), graph.op(at, 'Mul', [turned, sin])]);
}

/**
 * llama2.c rotates neighbours (2i, 2i + 1) together, Hugging Face elements i and i + headSize/2: the rows of the query and
 * key matrices are reordered accordingly within each head, as in Hugging Face's own conversion.
 */
function halvesFromPairs(weight: Float32Array, { hiddenSize, heads }: CheckpointConfig): Float32Array {
  const headSize = hiddenSize / heads;
  const permuted = new Float32Array(weight.length);
  for (let row = 0; row < hiddenSize; row++) {
    const inHead = row % headSize;
    const to = row - inHead + (inHead % 2) * (headSize / 2) + Math.floor(inHead / 2);
    permuted.set(weight.subarray(row * hiddenSize, (row + 1) * hiddenSize), to * hiddenSize);
  }
  return permuted;
}

function feedForward(block: Block, layer: CheckpointLayer, input: string): string {
  const { graph } = block;
  const { hiddenSize, intermediateSize } = block.config;
  const scope = `${block.scope}/mlp`;
  const weightName = (name: string) => `${block.weights}.mlp.${name}.MatMul.weight`;
  const normed = rmsNorm(
    graph,
    `${block.scope}/post_attention_layernorm`,
    `${block.weights}.post_attention_layernorm.weight`,
    layer.feedForwardNorm,
    input,
  );
  const gateWeight = graph.linear(weightName('gate_proj'), intermediateSize, hiddenSize, layer.gate);
  const upWeight = graph.linear(weightName('up_proj'), intermediateSize, hiddenSize, layer.up);
  const downWeight = graph.linear(weightName('down_proj'), hiddenSize, intermediateSize, layer.down);
  const gate = graph.op(`${scope}/gate_proj`, 'MatMul', [normed, gateWeight]);
  const active = graph.op(`${scope}/act_fn`, 'Mul', [gate, graph.op(`${scope}/act_fn`, 'Sigmoid', [gate])]);
  const up = graph.op(`${scope}/up_proj`, 'MatMul', [normed, upWeight]);
  const product = graph.op(scope, 'Mul', [active, up]);
  return graph.op(block.scope, 'Add', [
    input,
    graph.op(`${scope}/down_proj`, 'MatMul', [product, downWeight]),
  ]);
}
