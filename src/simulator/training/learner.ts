import { matrix, type Matrix } from '../../geometry/matrix';
import { randomSource } from '../../geometry/random';
import type { Batch } from './batch';
import { chooseEncoder } from './encoders/chooseEncoder';
import type { ContextEncoder } from './encoders/contextEncoder';
import type { Kernel, TrainedTable } from './kernel';
import { dimensionOf, type SimulationConfig } from '../config/simulationConfig';
import { simulatorStreams } from '../world/streams';
import { forEachAgreeing, type World } from '../world/world';

/** A token table g and an encoder of contexts on a kernel, and the gradient steps on them. With the loss of J § 2, p̂(c|d) = softmax_c f(d)ᵀg(c). */
export class Learner {
  /** k, and one more with a bias, which is g's last column and is multiplied by 1. */
  private readonly columns: number;
  private readonly beta = { first: 1, second: 1 };
  private readonly encoder: ContextEncoder;

  constructor(
    private readonly world: World,
    private readonly config: SimulationConfig,
    readonly kernel: Kernel,
  ) {
    this.columns = kernel.shape.dimension;
    this.encoder = chooseEncoder(world, config, kernel);
    this.initialise();
  }

  /** One step on the mean loss of a minibatch. */
  stepOnBatch(batch: Batch): void {
    const { kernel, encoder, config } = this;
    const share = 1 / config.batch;
    for (let start = 0; start < batch.size; start += kernel.capacity) {
      const count = Math.min(kernel.capacity, batch.size - start);
      this.forward(batch.contexts, start, count, (slot) => batch.counts[slot]! * share);
      for (let sample = 0; sample < config.batch; sample++) {
        const row = batch.slots[sample]! - start;
        if (row >= 0 && row < count) this.subtract(row, batch.tokens[sample]!, share);
      }
      kernel.gradients(count);
      encoder.passBack(batch.contexts, start, count);
    }
    this.update();
  }

  /** One step on the exact expectation of the loss. */
  stepOnPopulation(all: Int32Array): void {
    const { kernel, encoder, world } = this;
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
      kernel.gradients(count);
      encoder.passBack(all, start, count);
    }
    this.update();
  }

  /** Fills the kernel's weighted probabilities for `count` contexts starting at `start`. */
  forward(contexts: Int32Array, start: number, count: number, weightOf: (slot: number) => number): void {
    const { kernel, columns, encoder } = this;
    const { rows, weights } = kernel;
    const whole = Math.min(kernel.capacity, Math.ceil(count / 4) * 4);
    rows.fill(0, count * columns, whole * columns);
    weights.fill(0, count, whole);
    encoder.load(contexts, start, count);
    for (let row = 0; row < count; row++) weights[row] = weightOf(start + row);
    kernel.predict(count);
  }

  /** f(d) of these contexts, [contexts, k], without the bias column. */
  embeddings(contexts: Int32Array): Matrix {
    const { kernel, columns, encoder, config } = this;
    const k = dimensionOf(config);
    const data = new Float32Array(contexts.length * k);
    for (let start = 0; start < contexts.length; start += kernel.capacity) {
      const count = Math.min(kernel.capacity, contexts.length - start);
      encoder.load(contexts, start, count);
      for (let row = 0; row < count; row++)
        data.set(kernel.rows.subarray(row * columns, row * columns + k), (start + row) * k);
    }
    return matrix(contexts.length, k, data);
  }

  /** All embeddings without a copy, if they are a table without bias: at m = 12 a copy takes 25 MB. */
  get storedEmbeddings(): Matrix | null {
    return this.encoder.stored();
  }

  private subtract(row: number, token: number, share: number): void {
    const { probabilities, stride } = this.kernel;
    const at = row * stride + token;
    probabilities[at] = probabilities[at]! - share;
  }

  private update(): void {
    const { kernel, config, beta } = this;
    if (config.weightDecay > 0) this.decay();
    beta.first *= 0.9;
    beta.second *= 0.999;
    const { isSparse, parameters } = kernel.shape;
    const tables = isSparse || parameters === 0 ? [kernel.g] : [kernel.f, kernel.g];
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
    const { kernel, encoder, config } = this;
    const share = 1 - config.learningRate * config.weightDecay;
    encoder.decay(share);
    // The bias is the last column.
    const { g, stride } = kernel;
    for (let i = 0; i < dimensionOf(config) * stride; i++) g.values[i] = g.values[i]! * share;
  }

  private initialise(): void {
    const { kernel, encoder, config, columns } = this;
    const random = randomSource(config.seed, simulatorStreams.initialisation);
    const draw = (fanIn: number): number => {
      if (config.initialisation === 'normal') return config.initialScale * random.gaussian();
      const width = config.initialisation === 'fan-in' ? 1 / Math.sqrt(fanIn) : config.initialScale;
      return width * (2 * random.uniform() - 1);
    };
    encoder.initialise(draw);
    const { tokens } = kernel.shape;
    const k = dimensionOf(config);
    for (let token = 0; token < tokens; token++) {
      for (let j = 0; j < columns; j++)
        kernel.g.values[j * kernel.stride + token] = j === k ? 0 : draw(tokens);
    }
  }
}
