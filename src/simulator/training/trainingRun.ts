import { matrix, type Matrix } from '../../geometry/matrix';
import { randomSource } from '../../geometry/random';
import { batchSampler } from './batch';
import { checkConfig } from '../config/checkConfig';
import { chooseKernel, checkMemory, type KernelChoice } from './chooseKernel';
import { contextSample, divergence, type ContextSample } from './divergence';
import { glanceAt, type Glance } from '../measures/glance';
import { Learner } from './learner';
import { lossFloor } from './losses';
import { conceptPairs, measures, type ConceptPairs, type Measures } from '../measures/measures';
import { dimensionOf, type SimulationConfig } from '../config/simulationConfig';
import { simulatorStreams } from '../world/streams';
import { createWorld, type World } from '../world/world';

/** The state of a run, as plain data. */
export interface Snapshot extends Measures {
  readonly step: number;
  /** Expected loss: floor plus divergence. In nats, except for squared loss. */
  readonly loss: number;
  /** With softmax, Σ P(d) KL(p(·|d) ‖ p̂(·|d)); see {@link divergence}. */
  readonly divergence: number;
  /** The least possible loss: with softmax, the entropy of the token given its context; see {@link lossFloor}. */
  readonly entropyFloor: number;
}

/**
 * A learner in its world. It advances by as many steps as the caller requests, so that the caller can show, pause or discard
 * it at any time. Its state does not depend on how the steps were divided.
 */
export class TrainingRun {
  readonly world: World;
  readonly config: SimulationConfig;
  private readonly learner: Learner;
  private readonly draw: ReturnType<typeof batchSampler>;
  private readonly everyContext: Int32Array;
  private readonly everyToken: Int32Array;
  private sample: ContextSample | undefined;
  private seen: Glance | undefined;
  private floor: number | undefined;
  private done = 0;

  /** @throws UserError for settings out of bounds, a graph with a cycle, or tables over the memory limit */
  constructor(config: SimulationConfig, kernelChoice: KernelChoice = 'fastest') {
    checkConfig(config);
    checkMemory(config);
    this.config = config;
    this.world = createWorld(config);
    this.everyContext = Int32Array.from(this.world.weights, (_, i) => i);
    this.everyToken = Int32Array.from(this.world.tokens, (_, i) => i);
    this.learner = new Learner(this.world, config, chooseKernel(this.world, config, kernelChoice));
    this.draw = batchSampler(this.world, config.batch, randomSource(config.seed, simulatorStreams.batches));
  }

  /** Completed steps. */
  get steps(): number {
    return this.done;
  }

  get kernelName(): 'simd' | 'scalar' {
    return this.learner.kernel.name;
  }

  /** Performs `steps` gradient steps. */
  advance(steps: number): void {
    const { learner, config, everyContext, draw } = this;
    for (let step = 0; step < steps; step++) {
      if (config.gradient === 'population') learner.stepOnPopulation(everyContext);
      else learner.stepOnBatch(draw());
    }
    this.done += steps;
  }

  /** The embeddings f, [contexts, k], without the bias column. */
  embeddings(rows: Int32Array = this.everyContext): Matrix {
    return this.learner.embeddings(rows);
  }

  /** A copy of g, [tokens, k]. */
  unembeddings(rows: Int32Array = this.everyToken): Matrix {
    const { g, stride } = this.learner.kernel;
    const k = dimensionOf(this.config);
    const data = new Float32Array(rows.length * k);
    rows.forEach((row, place) => {
      for (let j = 0; j < k; j++) data[place * k + j] = g.values[j * stride + row]!;
    });
    return matrix(rows.length, k, data);
  }

  /** The current measures, with the loss from all contexts up to m = 9, and from a sample of them above. */
  snapshot(): Snapshot {
    this.sample ??= contextSample(this.world, 2 ** 24, 2 ** 22);
    return this.look(
      this.sample,
      conceptPairs(this.world),
      this.learner.storedEmbeddings ?? this.embeddings(),
      this.unembeddings(),
    );
  }

  /**
   * The same from a sample of the contexts and steering vectors if there are many, which is fast enough to be taken often.
   */
  glance(): Snapshot {
    const { sample, contexts, tokens, pairs } = (this.seen ??= glanceAt(this.world));
    return this.look(sample, pairs, this.embeddings(contexts), this.unembeddings(tokens));
  }

  private look(sample: ContextSample, pairs: ConceptPairs, f: Matrix, g: Matrix): Snapshot {
    const { world, config, learner } = this;
    const excess = divergence(world, learner, sample);
    const floor = (this.floor ??= lossFloor(world, config.loss));
    return {
      step: this.done,
      loss: floor + excess,
      divergence: excess,
      entropyFloor: floor,
      ...measures(pairs, f, g, config.includeSelf),
    };
  }
}
