import type { Checkpoint, CheckpointLayer } from '../../../scripts/checkpoint';

/**
 * Reference logits after each token, `[position][vocab]`: llama2.c's loop over positions with its rotary order (neighbours
 * rotate together), one sequence, float64 sums. Shares only the checkpoint's arrays with the graph.
 */
export function llamaForward(checkpoint: Checkpoint, ids: readonly number[]): Float64Array[] {
  const { config, embedding, layers, finalNorm, classifier } = checkpoint;
  const width = config.hiddenSize;
  const past = layers.map(() => ({ keys: [] as Float64Array[], values: [] as Float64Array[] }));
  return ids.map((id, position) => {
    const x = Float64Array.from(embedding.subarray(id * width, (id + 1) * width));
    layers.forEach((layer, index) => {
      const { keys, values } = past[index]!;
      const normed = rmsNorm(x, layer.attentionNorm);
      keys.push(rotate(multiply(layer.key, normed), position, width / config.heads));
      values.push(multiply(layer.value, normed));
      const query = rotate(multiply(layer.query, normed), position, width / config.heads);
      addTo(x, multiply(layer.output, attend(query, keys, values, config.heads)));
      addTo(x, feedForward(layer, rmsNorm(x, layer.feedForwardNorm)));
    });
    return multiply(classifier ?? embedding, rmsNorm(x, finalNorm));
  });
}

function multiply(matrix: Float32Array, vector: Float64Array): Float64Array {
  const columns = vector.length;
  const product = new Float64Array(matrix.length / columns);
  for (let row = 0; row < product.length; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += matrix[row * columns + column]! * vector[column]!;
    product[row] = sum;
  }
  return product;
}

function rmsNorm(x: Float64Array, weight: Float32Array): Float64Array {
  const meanSquare = x.reduce((sum, value) => sum + value * value, 0) / x.length;
  return x.map((value, i) => (weight[i]! * value) / Math.sqrt(meanSquare + 1e-5));
}

function rotate(vector: Float64Array, position: number, headSize: number): Float64Array {
  for (let i = 0; i < vector.length; i += 2) {
    const angle = position / 10000 ** ((i % headSize) / headSize);
    const [a, b] = [vector[i]!, vector[i + 1]!];
    vector[i] = a * Math.cos(angle) - b * Math.sin(angle);
    vector[i + 1] = a * Math.sin(angle) + b * Math.cos(angle);
  }
  return vector;
}

function attend(
  query: Float64Array,
  keys: Float64Array[],
  values: Float64Array[],
  heads: number,
): Float64Array {
  const mixed = new Float64Array(query.length);
  const size = query.length / heads;
  for (let start = 0; start < query.length; start += size) {
    const scores = keys.map((key) => {
      let dot = 0;
      for (let i = start; i < start + size; i++) dot += query[i]! * key[i]!;
      return Math.exp(dot / Math.sqrt(size));
    });
    const total = scores.reduce((sum, score) => sum + score, 0);
    values.forEach((value, at) => {
      for (let i = start; i < start + size; i++) mixed[i]! += (scores[at]! / total) * value[i]!;
    });
  }
  return mixed;
}

function feedForward(layer: CheckpointLayer, normed: Float64Array): Float64Array {
  const up = multiply(layer.up, normed);
  const active = multiply(layer.gate, normed).map((gate, i) => (gate / (1 + Math.exp(-gate))) * up[i]!);
  return multiply(layer.down, active);
}

function addTo(x: Float64Array, addend: Float64Array): void {
  for (let i = 0; i < x.length; i++) x[i]! += addend[i]!;
}
