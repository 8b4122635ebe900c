import { runSimulation, type RunResult } from '../../src/simulator/training/runSimulation';
import { defaultSimulation, type SimulationConfig } from '../../src/simulator/config/simulationConfig';
import { decimal } from './docsFormat';
import type { Claim } from './fillClaims';

/** The numbers of docs/simulator.md. */
export function simulatorClaims(): Claim[] {
  const [good, stuck] = [0, 2].map((seed) =>
    runSimulation({ ...defaultSimulation, concepts: 4, steps: 40_000, seed }),
  ) as [RunResult, RunResult];
  const others = [
    { optimizer: 'adam' },
    { optimizer: 'adam', weightDecay: 0.1 },
    { optimizer: 'sign' },
  ] as const satisfies readonly Partial<SimulationConfig>[];
  const ended = others.map((change) =>
    runSimulation({ ...defaultSimulation, concepts: 4, steps: 40_000, learningRate: 0.001, ...change }),
  );
  const losses = [
    { loss: 'logistic' },
    { loss: 'logistic', dimension: 5 },
    { loss: 'squared' },
    { loss: 'squared', dimension: 16 },
  ] as const satisfies readonly Partial<SimulationConfig>[];
  const [logistic, logisticWide, squared, squaredWide] = losses.map((change) =>
    runSimulation({ ...defaultSimulation, concepts: 4, steps: 40_000, ...change }),
  ) as [RunResult, RunResult, RunResult, RunResult];
  const [tied, hidden] = ([{ tied: true }, { learner: 'hidden', hiddenWidth: 16 }] as const).map((learner) =>
    ([{}, { optimizer: 'adam', learningRate: 0.001 }] as const).map((change) =>
      runSimulation({ ...defaultSimulation, concepts: 4, steps: 40_000, ...learner, ...change }),
    ),
  ) as [RunResult[], RunResult[]];
  const early = good.curve.find(({ step }) => step === 2000)!;
  const measures = ({ u, e, ue }: { u: number; e: number; ue: number }): string[] =>
    [u, e, ue].map((value) => decimal(value, 3));
  return [
    {
      text: 'ends with U {}, E {}, UE {} at a loss of {} nats above a floor of {}; at step 2,000 they were {}, {}, {} at {}.',
      values: [
        ...measures(good),
        good.loss.toFixed(3),
        good.entropyFloor.toFixed(3),
        ...measures(early),
        early.loss.toFixed(3),
      ],
    },
    { text: 'no value exceeds ±{}. With', values: [decimal(largestOffDiagonal(good), 3)] },
    {
      text: '(seed 2) is still stuck at U {} with a loss of {} above {}:',
      values: [decimal(stuck.u, 3), stuck.loss.toFixed(3), stuck.entropyFloor.toFixed(3)],
    },
    {
      text: 'Adam ends with U {}, E {}, UE {} at a loss of {}, with a weight decay of 0.1 with {}, {}, {} at {}, and sign descent with {}, {}, {} at {}.',
      values: ended.flatMap((run) => [...measures(run), run.loss.toFixed(3)]),
    },
    {
      text: 'logistic loss ends with U {}, E {}, UE {} at {} above {}. One dimension more (`--dimension 5`) gives {}, {}, {} at {}: without',
      values: [
        ...measures(logistic),
        logistic.loss.toFixed(3),
        logistic.entropyFloor.toFixed(3),
        ...measures(logisticWide),
        logisticWide.loss.toFixed(3),
      ],
    },
    {
      text: 'tied weights end with U {}, E {}, UE {} at a loss of {} with SGD, and with {}, {}, {} at {} with Adam. A hidden layer of 16 units ends with {}, {}, {} at {} with SGD, and with {}, {}, {} at {} with Adam.',
      values: [...tied, ...hidden].flatMap((run) => [...measures(run), run.loss.toFixed(3)]),
    },
    {
      text: 'Squared loss ends with {}, {}, {} at {} above {}.',
      values: [...measures(squared), squared.loss.toFixed(3), squared.entropyFloor.toFixed(3)],
    },
    {
      text: 'in 16 dimensions it comes down to {}, with {}, {}, {}: probabilities',
      values: [squaredWide.loss.toFixed(3), ...measures(squaredWide)],
    },
  ];
}

function largestOffDiagonal({ maps }: RunResult): number {
  const cells = maps.unembedding.flatMap((row, i) => row.filter((_, j) => j !== i));
  return Math.max(...cells.map(Math.abs));
}
