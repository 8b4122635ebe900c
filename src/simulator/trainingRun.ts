import { matrix, type Matrix } from '../geometry/matrix';
import { randomSource } from '../geometry/random';
import { batchSampler } from './batch';
import { checkConfig } from './checkConfig';
import { chooseKernel, checkMemory, type KernelChoice } from './chooseKernel';
import { divergence } from './divergence';
import { Learner } from './learner';
import { measures, type Measures } from './measures';
import type { SimulationConfig } from './simulationConfig';
import { simulatorStreams } from './streams';
import { createWorld, type World } from './world';

/** Where a run stands: plain data. */
export interface Snapshot extends Measures {
  readonly step: number;
  /** Expected cross-entropy in nats: the floor and the divergence. */
  readonly loss: number;
  /** Σ P(d) KL(p(·|d) ‖ p̂(·|d)). */
  readonly divergence: number;
  readonly entropyFloor: number;
}

/**
 * A learner in its world. It advances by as many steps as its caller has time for, so that a caller may show it, pause it
 * or let it go at any time; what it has become does not depend on how the steps were divided.
 */
export class TrainingRun {
  readonly world: World;
  readonly config: SimulationConfig;
  private readonly learner: Learner;
  private readonly draw: ReturnType<typeof batchSampler>;
  private readonly everyContext: Int32Array;
  private done = 0;

  /** @throws RangeError for settings out of bounds, a graph with a cycle, or more memory than there may be */
  constructor(config: SimulationConfig, kernelChoice: KernelChoice = 'fastest') {
    checkConfig(config);
    checkMemory(config);
    this.config = config;
    this.world = createWorld(config);
    this.everyContext = Int32Array.from(this.world.weights, (_, i) => i);
    this.learner = new Learner(this.world, config, chooseKernel(this.world, config, kernelChoice));
    this.draw = batchSampler(this.world, config.batch, randomSource(config.seed, simulatorStreams.batches));
  }

  /** Steps done. */
  get steps(): number {
    return this.done;
  }

  get kernelName(): 'simd' | 'scalar' {
    return this.learner.kernel.name;
  }

  /** Does `steps` gradient steps. */
  advance(steps: number): void {
    const { learner, config, everyContext, draw } = this;
    for (let step = 0; step < steps; step++) {
      if (config.gradient === 'population') learner.stepOnPopulation(everyContext);
      else learner.stepOnBatch(draw());
    }
    this.done += steps;
  }

  /** f, [contexts, k], a copy; without the column that carries the bias. */
  embeddings(): Matrix {
    const { contexts, dimension: columns } = this.learner.kernel.shape;
    const { values } = this.learner.kernel.f;
    return this.table(contexts, (row, column) => values[row * columns + column]!);
  }

  /** g, [tokens, k], a copy. */
  unembeddings(): Matrix {
    const { kernel } = this.learner;
    return this.table(kernel.shape.tokens, (row, column) => kernel.g.values[column * kernel.stride + row]!);
  }

  /**
   * Every measure of now. It draws nothing from the run's random numbers.
   *
   * @param effort see `most` of {@link divergence}
   */
  snapshot(effort?: number): Snapshot {
    const { world, config, learner } = this;
    const excess = divergence(world, learner, config.seed, effort);
    return {
      step: this.done,
      loss: world.entropyFloor + excess,
      divergence: excess,
      entropyFloor: world.entropyFloor,
      ...measures(world, this.embeddings(), this.unembeddings(), config.includeSelf),
    };
  }

  private table(rows: number, value: (row: number, column: number) => number): Matrix {
    const columns = this.learner.kernel.shape.dimension - (this.config.bias ? 1 : 0);
    const data = new Float32Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) data[row * columns + column] = value(row, column);
    }
    return matrix(rows, columns, data);
  }
}
