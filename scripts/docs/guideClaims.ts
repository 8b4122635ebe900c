import { verdictOf } from '../../src/format/conceptVerdict';
import { innerProducts, type InnerProduct } from '../../src/protocol/geometryResult';
import { formatCount } from '../../src/format/numbers';
import { formatP } from '../../src/format/statistics';
import { equals, pieceList, decimal } from './docsFormat';
import { conceptsOf, type Example, type ExampleProbes } from './exampleProbes';
import { capital, control, gender, ing, past } from './exampleNames';
import type { Claim } from './fillClaims';

/** The numbers of docs/how-to-read-this.md. */
export async function guideClaims(probes: ExampleProbes, example: Example): Promise<Claim[]> {
  return [
    ...pairClaims(example),
    ...(await conceptClaims(probes, example)),
    ...(await chanceClaims(probes, example)),
    ...verdictClaims(example),
  ];
}

function verdictClaims(example: Example): Claim[] {
  const verdict = (product: InnerProduct, name: string): string =>
    verdictOf(example.geometry(product, name), example.result).text;
  return [
    {
      text: 'causal: male → female “{}”, small letter → capital “{}”, French → German “{}”.',
      values: [gender, capital, control].map((name) => verdict('causal', name)),
    },
    {
      text: 'small letter → capital is “{}” and French → German “{}”.',
      values: [capital, control].map((name) => verdict('euclidean', name)),
    },
  ];
}

function pairClaims(example: Example): Claim[] {
  const { concepts, model } = example.result;
  const given = concepts.reduce((sum, concept) => sum + concept.given, 0);
  const kept = concepts.reduce((sum, concept) => sum + concept.kept, 0);
  return [
    { text: 'γ(queen) − γ(king), {} numbers', values: [String(model.hiddenSize)] },
    { text: 'dropped; {} of the {} pairs are', values: [given - kept, given].map(String) },
    {
      text: 'king → queen × boy → girl {} (causal)',
      values: [decimal(example.pairs('causal', gender, 'king → queen', 'boy → girl'))],
    },
    {
      text: 'he → she × his → her is {}: two pairs',
      values: [decimal(example.pairs('causal', gender, 'he → she', 'his → her'))],
    },
  ];
}

async function conceptClaims(probes: ExampleProbes, example: Example): Promise<Claim[]> {
  const causal = (name: string) => example.geometry('causal', name);
  const interval = (name: string): string[] => {
    const { low, high } = causal(name).leaveOneOut.interval!;
    return [decimal(low), decimal(high)];
  };
  const choices = [
    example,
    await probes.probe({ settings: { direction: 'normalised' } }),
    await probes.probe({ settings: { direction: 'principal' } }),
  ];
  const means = (product: 'causal' | 'euclidean', name: string): string[] =>
    choices.map((choice) => decimal(choice.geometry(product, name).leaveOneOut.mean));
  const principal = choices[2]!.geometry('euclidean', gender).withDirection;
  const day = example.place(control, 'jour → Tag');
  return [
    {
      text: 'causal: verb → -ing {}, French → German {}. With self-pairs {} and {}:',
      values: [
        ...[ing, control].map((name) => decimal(causal(name).meanCosine)),
        ...[ing, control].map((name) => decimal(causal(name).meanCosineWithSelf)),
      ],
    },
    { text: 'leave-one-out cosine of {}, {}, {} (causal). For', values: means('causal', past) },
    { text: 'they do not: {}, {}, {}. lord', values: means('euclidean', gender) },
    {
      text: "that pair's (cosine {}).",
      values: [decimal(Math.abs(principal[example.place(gender, 'lord → lady')]!))],
    },
    {
      text: 'causal: boy → girl {}, men → women {}.',
      values: ['boy → girl', 'men → women'].map((pair) =>
        decimal(example.pairLeaveOneOut('causal', gender, pair)),
      ),
    },
    {
      text: 'French → German has a cosine of {} with the direction of all, and {} with that of the others',
      values: [
        decimal(causal(control).withDirection[day]),
        decimal(example.pairLeaveOneOut('causal', control, 'jour → Tag')),
      ],
    },
    { text: 'all pairs agree (verb → -ing {} … {}).', values: interval(ing) },
    { text: 'some do not (male → female {} … {}).', values: interval(gender) },
    { text: 'direction is shown (French → German {} … {}).', values: interval(control) },
    {
      text: 'causal: verb → -ing {} of {}, small letter → capital {} of {}. French → German has {} of {} and',
      values: [ing, capital, control].flatMap((name) => [
        causal(name).effectiveRank!.toFixed(1),
        String(example.concept(name).kept),
      ]),
    },
    {
      text: 'jour → Tag has norm {}, most others {}. Check',
      values: [
        causal(control).norms[day]!.toFixed(0),
        decimal(
          [...causal(control).norms].sort((a, b) => a - b)[Math.floor(causal(control).norms.length / 2)],
          3,
        ),
      ],
    },
  ];
}

async function chanceClaims(probes: ExampleProbes, example: Example): Promise<Claim[]> {
  const sd = (product: 'causal' | 'euclidean', name: string): string =>
    decimal(example.geometry(product, name).random!.cosine.sd);
  const projections = example.result.concepts.map(({ causal }) => causal!.random!.projection.sd);
  const scores = await probes.vocabulary('euclidean', control);
  const french = await probes.probe({ concepts: conceptsOf('docs/english-french') });
  const unseen = (product: 'causal' | 'euclidean') => {
    const { leaveOneOut, random, permutation } = french.geometry(product, 'English → French');
    const { low, high } = leaveOneOut.interval!;
    return {
      mean: decimal(leaveOneOut.mean),
      low: decimal(low),
      high: decimal(high),
      sd: decimal(random!.cosine.sd),
      p: formatP(permutation!.p),
    };
  };
  const [euclidean, causal] = [unseen('euclidean'), unseen('causal')];
  const { leaveOneOut, permutation } = example.geometry('euclidean', control);
  const others = example.result.concepts
    .filter(({ name }) => name !== control)
    .flatMap((concept) => innerProducts.map((product) => concept[product]!.permutation!.p));
  return [
    ...[past, gender, capital, control].map((name) => ({
      text: `| ${name} | {} | {} |`,
      values: innerProducts.map((product) => sd(product, name)),
    })),
    {
      text: 'puts {} at one end and {} at the other',
      values: [pieceList(scores.x.top), pieceList(scores.x.bottom)],
    },
    {
      text: 'far above 1/√dimensions (here {}):',
      values: [decimal(1 / Math.sqrt(example.result.model.hiddenSize))],
    },
    {
      text: 'by construction (here {} to {}).',
      values: [Math.min(...projections), Math.max(...projections)].map((value) => value.toFixed(2)),
    },
    {
      text: 'all p {}, but for French → German: {} causal. In the Euclidean product it has p {}, with an interval of {} … {} around 0',
      values: [
        equals(Math.max(...others)),
        formatP(example.geometry('causal', control).permutation!.p),
        equals(permutation!.p),
        decimal(leaveOneOut.interval!.low),
        decimal(leaveOneOut.interval!.high),
      ],
    },
    {
      text: 'leave-one-out cosine is **{}** in the Euclidean product, with an interval of {} … {}, though',
      values: [euclidean.mean, euclidean.low, euclidean.high],
    },
    { text: 'Random pairs warn of it (sd {}).', values: [euclidean.sd] },
    {
      text: 'they do not: {} with {} … {}, compared with an sd of {}. But p is {} and {}:',
      values: [causal.mean, causal.low, causal.high, causal.sd, euclidean.p, causal.p],
    },
  ];
}

/** The numbers of docs/inner-products.md. */
export async function productClaims(probes: ExampleProbes, example: Example): Promise<Claim[]> {
  const { correlation } = await probes.vocabulary('causal', past, ing);
  const ridged = await probes.probe({ settings: { ridge: 0.01 } });
  const moved = example.result.concepts.map(({ name, causal }) =>
    Math.abs(ridged.geometry('causal', name).leaveOneOut.mean! - causal!.leaveOneOut.mean!),
  );
  return [
    {
      text: 'r = {}, and the map {}.',
      values: [decimal(correlation), decimal(example.across('causal', 'cosine', past, ing))],
    },
    {
      text: 'here about {}. The larger',
      values: [formatCount(Number(example.result.covariance!.condition.toPrecision(2)))],
    },
    {
      text: 'no mean leave-one-out cosine moves by more than {}. One',
      values: [decimal(Math.ceil(Math.max(...moved) * 1000) / 1000, 3)],
    },
  ];
}
