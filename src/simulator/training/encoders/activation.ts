import type { SimulationConfig } from '../../config/simulationConfig';
import { expDeterministic } from '../elementary';

export type Activation = SimulationConfig['activation'];

/** Replaces each x in [from, to) by φ(x), and writes φ′(x) at the same place of `slopes`. */
export type Activate = (values: Float64Array, slopes: Float64Array, from: number, to: number) => void;

export const activations: Readonly<Record<Activation, Activate>> = {
  relu: (values, slopes, from, to) => {
    for (let i = from; i < to; i++) {
      const isOn = values[i]! > 0;
      slopes[i] = isOn ? 1 : 0;
      // Not `!isOn`, so that NaN stays visible.
      if (values[i]! <= 0) values[i] = 0;
    }
  },
  /** In the form with tanh, x σ(2u) with u = √(2/π) (x + .044715 x³) (Hendrycks & Gimpel 2016, arXiv 1606.08415). */
  gelu: (values, slopes, from, to) => {
    for (let i = from; i < to; i++) {
      const x = values[i]!;
      const gate = 1 / (1 + expDeterministic(-2 * scale * (x + cubic * x * x * x)));
      values[i] = x * gate;
      slopes[i] = gate + x * gate * (1 - gate) * 2 * scale * (1 + 3 * cubic * x * x);
    }
  },
};

/** √(2/π). */
const scale = 0.7978845608028654;
const cubic = 0.044715;
