import { randomSource } from '../../geometry/random';
import type { Batch } from './batch';
import type { Kernel, TrainedTable } from './kernel';
import { dimensionOf, type SimulationConfig } from '../config/simulationConfig';
import { simulatorStreams } from '../world/streams';
import { forEachAgreeing, type World } from '../world/world';

/** The tables f and g in a kernel, and the gradient steps on them. With the loss of J § 2, p̂(c|d) = softmax_c f(d)ᵀg(c). */
export class Learner {
  private readonly columns: number;
  private readonly beta = { first: 1, second: 1 };
  /** Column of f that is always 1, so that g's column is the bias; −1 without a bias. */
  private readonly fixed: number;

  constructor(
    private readonly world: World,
    private readonly config: SimulationConfig,
    readonly kernel: Kernel,
  ) {
    this.columns = kernel.shape.dimension;
    this.fixed = config.bias ? dimensionOf(config) : -1;
    this.initialise();
  }

  /** One step on the mean loss of a minibatch. */
  stepOnBatch(batch: Batch): void {
    const { kernel, config } = this;
    const share = 1 / config.batch;
    // f does not change before the last block has been read, because the contexts of a batch are distinct.
    for (let start = 0; start < batch.size; start += kernel.capacity) {
      const count = Math.min(kernel.capacity, batch.size - start);
      this.forward(batch.contexts, start, count, (slot) => batch.counts[slot]! * share);
      for (let sample = 0; sample < config.batch; sample++) {
        const row = batch.slots[sample]! - start;
        if (row >= 0 && row < count) this.subtract(row, batch.tokens[sample]!, share);
      }
      this.backward(batch.contexts, start, count);
    }
    this.update();
  }

  /** One step on the exact expectation of the loss. */
  stepOnPopulation(all: Int32Array): void {
    const { kernel, world } = this;
    for (let start = 0; start < all.length; start += kernel.capacity) {
      const count = Math.min(kernel.capacity, all.length - start);
      this.forward(all, start, count, (place) => world.weights[place]!);
      for (let row = 0; row < count; row++) {
        const scale = world.weights[start + row]! / world.agreement[start + row]!;
        forEachAgreeing(world, start + row, (assignment) => {
          const token = world.tokenOf[assignment]!;
          if (token >= 0) this.subtract(row, token, world.law[assignment]! * scale);
        });
      }
      this.backward(all, start, count);
    }
    this.update();
  }

  /** Fills the kernel's weighted probabilities for `count` contexts starting at `start`. */
  forward(contexts: Int32Array, start: number, count: number, weightOf: (slot: number) => number): void {
    const { kernel, columns } = this;
    const { rows, weights, f } = kernel;
    const whole = Math.min(kernel.capacity, Math.ceil(count / 4) * 4);
    rows.fill(0, count * columns, whole * columns);
    weights.fill(0, count, whole);
    for (let row = 0; row < count; row++) {
      const from = contexts[start + row]! * columns;
      for (let j = 0; j < columns; j++) rows[row * columns + j] = f.values[from + j]!;
      weights[row] = weightOf(start + row);
    }
    kernel.predict(count);
  }

  private subtract(row: number, token: number, share: number): void {
    const { probabilities, stride } = this.kernel;
    const at = row * stride + token;
    probabilities[at] = probabilities[at]! - share;
  }

  private backward(contexts: Int32Array, start: number, count: number): void {
    const { kernel, columns, fixed } = this;
    kernel.gradients(count);
    const { isSparse } = kernel.shape;
    const rate = isSparse ? -this.config.learningRate : 1;
    const target = isSparse ? kernel.f.values : kernel.f.gradient;
    const { rowGradients } = kernel;
    for (let row = 0; row < count; row++) {
      const to = contexts[start + row]! * columns;
      for (let j = 0; j < columns; j++) {
        if (j !== fixed) target[to + j] = target[to + j]! + rate * rowGradients[row * columns + j]!;
      }
    }
  }

  private update(): void {
    const { kernel, config, beta } = this;
    if (config.weightDecay > 0) this.decay();
    beta.first *= 0.9;
    beta.second *= 0.999;
    const tables = kernel.shape.isSparse ? [kernel.g] : [kernel.f, kernel.g];
    for (const table of tables) this.updateTable(table, config.learningRate);
  }

  private updateTable(table: TrainedTable, rate: number): void {
    const { kernel, config, beta } = this;
    switch (config.optimizer) {
      case 'sign':
        table.gradient.forEach((slope, i) => (table.gradient[i] = Math.sign(slope)));
        kernel.descend(table, rate);
        break;
      case 'sgd':
        kernel.descend(table, rate);
        break;
      case 'momentum':
        kernel.descendWithMomentum(table, rate, config.momentum);
        break;
      case 'adam':
        kernel.descendWithAdam(table, rate / (1 - beta.first), 1 / Math.sqrt(1 - beta.second));
    }
  }

  /** Decoupled weight decay (Loshchilov & Hutter, ICLR 2019, Algorithm 2), times the learning rate as in PyTorch, without the bias. */
  private decay(): void {
    const { kernel, config, columns, fixed } = this;
    const share = 1 - config.learningRate * config.weightDecay;
    const { f, g } = kernel;
    // The bias and the ones it is multiplied by are the last column.
    const decaying = fixed < 0 ? columns : fixed;
    for (let start = 0; start < f.values.length; start += columns)
      for (let j = start; j < start + decaying; j++) f.values[j] = f.values[j]! * share;
    for (let i = 0; i < decaying * kernel.stride; i++) g.values[i] = g.values[i]! * share;
  }

  private initialise(): void {
    const { kernel, config, columns, fixed } = this;
    const random = randomSource(config.seed, simulatorStreams.initialisation);
    const { contexts, tokens } = kernel.shape;
    const draw = (fanIn: number): number => {
      if (config.initialisation === 'normal') return config.initialScale * random.gaussian();
      const width = config.initialisation === 'fan-in' ? 1 / Math.sqrt(fanIn) : config.initialScale;
      return width * (2 * random.uniform() - 1);
    };
    for (let i = 0; i < contexts * columns; i++) {
      const isFixed = i % columns === fixed;
      kernel.f.values[i] = isFixed ? 1 : config.initialisation === 'zero-f' ? 0 : draw(contexts);
    }
    for (let token = 0; token < tokens; token++) {
      for (let j = 0; j < columns; j++)
        kernel.g.values[j * kernel.stride + token] = j === fixed ? 0 : draw(tokens);
    }
  }
}
