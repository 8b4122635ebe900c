import { innerProducts } from '../../src/protocol/geometryResult';
import { formatP } from '../../src/format/statistics';
import { decimal } from './docsFormat';
import { capital, gender, ing, past } from './exampleNames';
import type { Example, ExampleProbes } from './exampleProbes';
import type { Claim } from './fillClaims';

/** The numbers of examples/README.md. */
export async function examplesClaims(probes: ExampleProbes, example: Example): Promise<Claim[]> {
  const { concepts } = example.result;
  const causal = (name: string) => example.geometry('causal', name);
  const rows = concepts.map(({ name, kept }) => {
    const { leaveOneOut, permutation } = causal(name);
    const { low, high } = leaveOneOut.interval!;
    return {
      text: `| ${name} | {} | {} | {} … {} | {} |`,
      values: [String(kept), decimal(leaveOneOut.mean), decimal(low), decimal(high), formatP(permutation!.p)],
    };
  });
  const random = innerProducts.map((product) => {
    const sds = concepts.map((concept) => concept[product]!.random!.cosine.sd);
    return [decimal(Math.min(...sds)), decimal(Math.max(...sds))];
  });
  const euclidean = example.geometry('euclidean', capital);
  const { neighbours } = await probes.neighbours('causal', gender, 'king');
  const found = await probes.findPairs(past, 3);
  return [
    ...rows,
    {
      text: 'every pair is above {} |',
      values: [decimal(Math.floor(Math.min(...causal(ing).leaveOneOut.cosines) * 100) / 100)],
    },
    { text: '(go → went {})', values: [decimal(example.pairLeaveOneOut('causal', past, 'go → went'))] },
    {
      text: 'boy → girl {}, men → women {} |',
      values: ['boy → girl', 'men → women'].map((pair) =>
        decimal(example.pairLeaveOneOut('causal', gender, pair)),
      ),
    },
    {
      text: 'weak; {} in the Euclidean product, where random pairs are ± {} |',
      values: [decimal(euclidean.leaveOneOut.mean), decimal(euclidean.random!.cosine.sd)],
    },
    {
      text: 'have cosines of 0 ± {} to ± {} with these directions. In the Euclidean product they are ± {} to ± {}. -',
      values: [...random[1]!, ...random[0]!],
    },
    {
      text: 'have a cosine of {}: both',
      values: [decimal(example.across('causal', 'cosine', past, ing))],
    },
    {
      text: 'shows `{}` right after `{}`, and',
      values: [neighbours[1]!.piece, neighbours[0]!.piece],
    },
    {
      text: 'on verb → past offers {}. [How',
      values: [found.pairs.map(({ base, target }) => `${base} → ${target}`).join(', ')],
    },
  ];
}
