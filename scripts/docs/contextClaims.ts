import { row } from '../../src/geometry/matrix';
import { logNormalizer, logOdds, probabilityOf } from '../../src/geometry/steering';
import { short } from './docsFormat';
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
    return [row(cosine, own)[column]!, row(q, own)[column]!, random95[column]!].map((value) => short(value));
  };
  const [cosine, q, random] = aligned(causal);
  const steered = await probes.intervene(gender, text);
  const id = (word: string): number => steered.pieces.indexOf(`▁${word}`);
  const girl = (alpha: number): string =>
    short(probabilityOf(steered, alpha, id('girl'), logNormalizer(steered, alpha)));
  const odds = (alpha: number, base: string, target: string): string =>
    short(logOdds(steered, alpha, { base: id(base), target: id(target) }), 2);
  return [
    {
      text: 'the AUC of male → female is {} ({} to {}) and d′ is {}; that of singular → plural is {} ({} to {}).',
      values: [
        ...[short(auc.value), short(auc.low, 2), short(auc.high, 2), short(dPrime!.value, 2)],
        short(separation(plural).auc.value),
        ...[separation(plural).auc.low, separation(plural).auc.high].map((value) => short(value, 2)),
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
