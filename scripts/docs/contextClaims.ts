import { row } from '../../src/geometry/matrix';
import { logNormalizer, logOdds, probabilityOf } from '../../src/geometry/steering';
import { formatProbability } from '../../src/format/numbers';
import { formatP } from '../../src/format/statistics';
import { decimal } from './docsFormat';
import { gender, plural } from './exampleNames';
import type { ExampleProbes } from './exampleProbes';
import type { Claim } from './fillClaims';

const text = 'Once upon a time there was a little';

/** The numbers of docs/contexts.md. */
export async function contextClaims(probes: ExampleProbes): Promise<Claim[]> {
  const { concepts } = await probes.measure();
  const separation = (name: string) => concepts.find((concept) => concept.name === name)!.separation!;
  const { auc, dPrime } = separation(gender);
  const [causal, euclidean] = [await probes.align('causal'), await probes.align('euclidean')];
  const aligned = ({ sets, concepts: names, cosine, q, random95 }: typeof causal) => {
    const own = sets.findIndex(({ name }) => name === gender);
    const column = names.indexOf(gender);
    return [decimal(row(cosine, own)[column]), formatP(row(q, own)[column]), decimal(random95[column])];
  };
  const [cosine, q, random] = aligned(causal);
  const steered = await probes.intervene(gender, text);
  const id = (word: string): number => steered.pieces.indexOf(`▁${word}`);
  const girl = (alpha: number): string =>
    formatProbability(probabilityOf(steered, alpha, id('girl'), logNormalizer(steered, alpha)));
  const odds = (alpha: number, base: string, target: string): string =>
    decimal(logOdds(steered, alpha, { base: id(base), target: id(target) }));
  return [
    {
      text: 'the AUC of male → female is {} ({} to {}) and d′ is {}; that of singular → plural is {} ({} to {}).',
      values: [
        ...[decimal(auc.value), decimal(auc.low), decimal(auc.high), decimal(dPrime!.value)],
        decimal(separation(plural).auc.value),
        ...[separation(plural).auc.low, separation(plural).auc.high].map((value) => decimal(value)),
      ],
    },
    {
      text: 'is {} (q {}), while 95 % of random concepts stay below {}. The plain cosine of J is {}.',
      values: [cosine!, q!, random!, aligned(euclidean)[0]!],
    },
    {
      text: 'P(girl) goes from {} to {} as α goes from 0 to 0.2, log P(girl)/P(boy) from {} to {}, and log P(boys)/P(boy) from {} to {}.',
      values: [
        ...[girl(0), girl(0.2)],
        ...[odds(0, 'boy', 'girl'), odds(0.2, 'boy', 'girl')],
        ...[odds(0, 'boy', 'boys'), odds(0.2, 'boy', 'boys')],
      ],
    },
  ];
}
