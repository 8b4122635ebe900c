import { dimensionOf, type SimulationConfig } from '../../config/simulationConfig';
import type { Kernel } from '../kernel';
import { activations } from './activation';
import type { ContextEncoder } from './contextEncoder';
import type { LayerInput } from './layerInput';

/**
 * One hidden layer: f(d) = W₂ φ(W₁ᵀ x(d) + b₁) + b₂. The kernel's `f` holds W₁, [inputs, width], then b₁, W₂, [k, width], and
 * b₂. Sums are in double precision.
 */
export function layerEncoder(input: LayerInput, kernel: Kernel, config: SimulationConfig): ContextEncoder {
  const { rows, rowGradients, capacity } = kernel;
  const { dimension: columns } = kernel.shape;
  const { hiddenWidth: width, bias } = config;
  const activate = activations[config.activation];
  const k = dimensionOf(config);
  const values = partsOf(kernel.f.values, input.size, width, k);
  const gradient = partsOf(kernel.f.gradient, input.size, width, k);
  const inputs = new Float64Array(capacity * input.size);
  const hidden = new Float64Array(capacity * width);
  const slopes = new Float64Array(capacity * width);
  const inputGradient = new Float64Array(input.size);
  const hiddenGradient = new Float64Array(width);

  const loadRow = (row: number, place: number): void => {
    const [inputAt, at, to] = [row * input.size, row * width, row * columns];
    input.write(place, inputs, inputAt);
    hidden.set(values.firstBias, at);
    for (let i = 0; i < input.size; i++) {
      const x = inputs[inputAt + i]!;
      if (x === 0) continue;
      for (let h = 0; h < width; h++) hidden[at + h] = hidden[at + h]! + x * values.first[i * width + h]!;
    }
    activate(hidden, slopes, at, at + width);
    for (let j = 0; j < k; j++) {
      let sum = values.secondBias[j]!;
      for (let h = 0; h < width; h++) sum += hidden[at + h]! * values.second[j * width + h]!;
      rows[to + j] = sum;
    }
    if (bias) rows[to + k] = 1;
  };

  /** Sets the gradient of what goes into the activation, from the row's, and adds that of the second layer. */
  const passOutputBack = (row: number): void => {
    const [at, from] = [row * width, row * columns];
    hiddenGradient.fill(0);
    for (let j = 0; j < k; j++) {
      const error = rowGradients[from + j]!;
      gradient.secondBias[j] = gradient.secondBias[j]! + error;
      for (let h = 0, w = j * width; h < width; h++, w++) {
        hiddenGradient[h] = hiddenGradient[h]! + error * values.second[w]!;
        gradient.second[w] = gradient.second[w]! + error * hidden[at + h]!;
      }
    }
    for (let h = 0; h < width; h++) {
      hiddenGradient[h] = hiddenGradient[h]! * slopes[at + h]!;
      gradient.firstBias[h] = gradient.firstBias[h]! + hiddenGradient[h]!;
    }
  };

  /** Adds the gradient of the first layer, and passes that of its input on. */
  const passInputBack = (row: number, place: number): void => {
    for (let i = 0; i < input.size; i++) {
      const x = inputs[row * input.size + i]!;
      if (x === 0) continue;
      for (let h = 0, w = i * width; h < width; h++, w++)
        gradient.first[w] = gradient.first[w]! + x * hiddenGradient[h]!;
    }
    if (!input.passBack) return;
    for (let i = 0; i < input.size; i++) {
      let sum = 0;
      for (let h = 0; h < width; h++) sum += values.first[i * width + h]! * hiddenGradient[h]!;
      inputGradient[i] = sum;
    }
    input.passBack(place, inputGradient, 0);
  };

  return {
    initialise(draw) {
      const isZero = config.initialisation === 'zero-f';
      for (const part of [values.first, values.firstBias])
        part.forEach((_, i) => (part[i] = draw(input.size)));
      for (const part of [values.second, values.secondBias])
        part.forEach((_, i) => (part[i] = isZero ? 0 : draw(width)));
    },
    load(places, start, count) {
      for (let row = 0; row < count; row++) loadRow(row, places[start + row]!);
    },
    passBack(places, start, count) {
      for (let row = 0; row < count; row++) {
        passOutputBack(row);
        passInputBack(row, places[start + row]!);
      }
    },
    decay(share) {
      for (const part of [values.first, values.second]) part.forEach((value, i) => (part[i] = value * share));
    },
    stored: () => null,
  };
}

/** Number of weights and biases. */
export function layerParameters(inputs: number, width: number, k: number): number {
  return (inputs + 1) * width + (width + 1) * k;
}

/** Views of the four parts. */
function partsOf(all: Float32Array, inputs: number, width: number, k: number) {
  let end = 0;
  const next = (length: number): Float32Array => all.subarray(end, (end += length));
  return {
    first: next(inputs * width),
    firstBias: next(width),
    second: next(width * k),
    secondBias: next(k),
  };
}
