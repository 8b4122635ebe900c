import { formatCosine, formatDecimal } from '../../src/format/numbers';
import { formatP } from '../../src/format/statistics';
import type { ExampleProbes } from './exampleProbes';
import type { Claim } from './fillClaims';

/** The numbers of docs/categories.md. */
export async function categoryClaims(probes: ExampleProbes): Promise<Claim[]> {
  const { categories, simplices } = await probes.categories();
  const of = (name: string) => categories.find((category) => category.name === name)!;
  const auc = (name: string): string => formatDecimal(of(name).heldOut!.separation.auc.value, 3);
  const edge = (name: string) => of(name).toParent!;
  const norms = categories.filter(({ name }) => name !== 'month').map(({ norm }) => norm!);
  const relative = edge('relative');
  const roots = simplices.find(({ parent }) => parent === null)!;
  return [
    {
      text: '(AUC {}, {} and {}), mammals with an AUC of {}.',
      values: ['relative', 'color', 'building', 'mammal'].map(auc),
    },
    {
      text: 'their vector has a norm of {}, where those of the other categories are at least {}, and an AUC of {}.',
      values: [formatDecimal(of('month').norm, 2), formatDecimal(Math.min(...norms), 2), auc('month')],
    },
    {
      text: 'person → relative has a cosine of {} (random {} to {}, p {}), place → building of {} (p {})',
      values: [
        ...[relative.cosine, relative.chance!.low, relative.chance!.high].map(formatCosine),
        formatP(relative.chance!.p),
        formatCosine(edge('building').cosine),
        formatP(edge('building').chance!.p),
      ],
    },
    {
      text: 'other parents the cosines are {} and {}.',
      values: [relative, edge('building')].map(({ otherParents }) => formatCosine(otherParents)),
    },
    {
      text: 'animal → mammal has {} (p {})',
      values: [formatCosine(edge('mammal').cosine), formatP(edge('mammal').chance!.p)],
    },
    {
      text: 'have edges from {} to {}, and three axes show {} % of their simplex.',
      values: [
        ...[Math.min(...roots.edges), Math.max(...roots.edges)].map((value) => formatDecimal(value, 2)),
        formatDecimal(100 * roots.shown, 0),
      ],
    },
    {
      text: 'as single tokens ({} of {} birds)',
      values: [String(of('bird').kept), String(of('bird').words.length)],
    },
  ];
}
