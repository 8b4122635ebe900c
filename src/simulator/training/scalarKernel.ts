import { expDeterministic } from './elementary';
import {
  adamConstants,
  blockCapacity,
  rowStride,
  type Kernel,
  type KernelShape,
  type TrainedTable,
} from './kernel';

/** The kernel in plain typed arrays with sums in double precision: the reference for the SIMD kernel, and its fallback. */
export function scalarKernel(shape: KernelShape): Kernel {
  const { parameters, tokens, dimension: k, moments, isSparse, loss } = shape;
  const stride = rowStride(tokens);
  const capacity = blockCapacity(tokens);
  const table = (length: number, hasGradient: boolean): TrainedTable => ({
    values: new Float32Array(length),
    gradient: new Float32Array(hasGradient ? length : 0),
    moments: Array.from({ length: moments }, () => new Float32Array(length)),
  });
  const f = table(parameters, !isSparse);
  const g = table(stride * k, true);
  const rows = new Float32Array(capacity * k);
  const weights = new Float32Array(capacity);
  const probabilities = new Float32Array(capacity * stride);
  const rowGradients = new Float32Array(capacity * k);
  const line = new Float64Array(tokens);

  const predictRow = (row: number): void => {
    for (let c = 0; c < tokens; c++) {
      let logit = 0;
      for (let j = 0; j < k; j++) logit += rows[row * k + j]! * g.values[j * stride + c]!;
      line[c] = logit;
    }
    let scale = weights[row]!;
    if (loss === 'softmax') scale /= exponentials(line);
    if (loss === 'logistic') line.forEach((logit, c) => (line[c] = sigmoid(logit)));
    for (let c = 0; c < tokens; c++) probabilities[row * stride + c] = line[c]! * scale;
  };

  const gradientsOf = (row: number): void => {
    const errors = probabilities.subarray(row * stride, row * stride + tokens);
    for (let j = 0; j < k; j++) {
      const value = rows[row * k + j]!;
      const start = j * stride;
      let sum = 0;
      for (let c = 0; c < tokens; c++) {
        const error = errors[c]!;
        sum += error * g.values[start + c]!;
        g.gradient[start + c] = g.gradient[start + c]! + value * error;
      }
      rowGradients[row * k + j] = sum;
    }
  };

  return {
    name: 'scalar',
    ...{ shape, capacity, stride, f, g, rows, weights, probabilities, rowGradients },
    predict(count) {
      for (let row = 0; row < count; row++) predictRow(row);
    },
    gradients(count) {
      for (let row = 0; row < count; row++) gradientsOf(row);
    },
    descend({ values, gradient }, rate) {
      for (let i = 0; i < values.length; i++) values[i] = values[i]! - rate * gradient[i]!;
      gradient.fill(0);
    },
    descendWithMomentum({ values, gradient, moments: [velocity] }, rate, momentum) {
      for (let i = 0; i < values.length; i++) {
        velocity![i] = momentum * velocity![i]! + gradient[i]!;
        values[i] = values[i]! - rate * velocity![i]!;
      }
      gradient.fill(0);
    },
    descendWithAdam({ values, gradient, moments: [first, second] }, rate, scale) {
      const { beta1, beta2, epsilon } = adamConstants;
      for (let i = 0; i < values.length; i++) {
        const slope = gradient[i]!;
        first![i] = beta1 * first![i]! + (1 - beta1) * slope;
        second![i] = beta2 * second![i]! + (1 - beta2) * slope * slope;
        values[i] = values[i]! - (rate * first![i]!) / (Math.sqrt(second![i]!) * scale + epsilon);
      }
      gradient.fill(0);
    },
  };
}

/** Replaces logits by their exponentials, divided by the greatest. @returns the sum */
function exponentials(line: Float64Array): number {
  let greatest = -Infinity;
  for (const logit of line) if (logit > greatest) greatest = logit;
  let sum = 0;
  for (let c = 0; c < line.length; c++) sum += line[c] = expDeterministic(line[c]! - greatest);
  return sum;
}

function sigmoid(x: number): number {
  return 1 / (1 + expDeterministic(-x));
}
