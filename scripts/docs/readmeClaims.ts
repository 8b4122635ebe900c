import { equals, short } from './docsFormat';
import { capital, comparative, control, past } from './exampleNames';
import type { Example } from './exampleProbes';
import type { Claim } from './fillClaims';

/** The numbers of README.md. */
export function readmeClaims(example: Example): Claim[] {
  const [verbs, nothing] = [past, control].map((name) => example.geometry('causal', name));
  const interval = ({ leaveOneOut }: NonNullable<typeof verbs>): string[] => {
    const { low, high } = leaveOneOut.interval!;
    return [short(low, 2), short(high, 2)];
  };
  return [
    {
      text: 'cosine of {} in the causal product (interval {} to {}, p {}), and random pairs have cosines of 0 ± {}. French',
      values: [
        short(verbs!.leaveOneOut.mean),
        ...interval(verbs!),
        equals(verbs!.permutation!.p),
        short(verbs!.random!.cosine.sd),
      ],
    },
    {
      text: 'never learned, has {} ({} to {}, p {}). `node',
      values: [short(nothing!.leaveOneOut.mean), ...interval(nothing!), equals(nothing!.permutation!.p)],
    },
    {
      text: "French → German's direction are 0 ± {}, because",
      values: [short(example.geometry('euclidean', control).random!.cosine.sd, 2)],
    },
    {
      text: 'have a cosine of {} in the Euclidean one and of {} in the causal one',
      values: (['euclidean', 'causal'] as const).map((product) =>
        short(example.across(product, 'cosine', comparative, capital), 2),
      ),
    },
  ];
}
