import { equals, decimal } from './docsFormat';
import { control, past } from './exampleNames';
import type { Example } from './exampleProbes';
import type { Claim } from './fillClaims';

/** The numbers of README.md. */
export function readmeClaims(example: Example): Claim[] {
  const [verbs, nothing] = [past, control].map((name) => example.geometry('causal', name));
  const interval = ({ leaveOneOut }: NonNullable<typeof verbs>): string[] => {
    const { low, high } = leaveOneOut.interval!;
    return [decimal(low), decimal(high)];
  };
  return [
    {
      text: 'has {} in the causal product (interval {} to {}, p {}), while random pairs have cosines of 0 ± {}. French',
      values: [
        decimal(verbs!.leaveOneOut.mean),
        ...interval(verbs!),
        equals(verbs!.permutation!.p),
        decimal(verbs!.random!.cosine.sd),
      ],
    },
    {
      text: 'never learned, has {} ({} to {}, p {}). [How',
      values: [decimal(nothing!.leaveOneOut.mean), ...interval(nothing!), equals(nothing!.permutation!.p)],
    },
  ];
}
