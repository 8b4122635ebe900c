import { t } from '@vscode/l10n';
import { dimensionsFor, shareOutside, steeringSubspace } from '../measures/steeringSubspace';
import { theoremCheck, type TheoremCheck } from './theoremCheck';
import type { TrainingRun } from '../training/trainingRun';

/** Share of the steering vectors' squared length allowed outside, because learners are never exact. */
const most = 0.05;

/** J, Theorem 10. @param run with concepts that differ in their number of neighbours, without bias */
export function subspaceCheck(run: TrainingRun): TheoremCheck {
  const [f, g] = [run.embeddings(), run.unembeddings()];
  const subspaces = Array.from({ length: run.world.concepts }, (_, concept) =>
    steeringSubspace(run.world, f, g, concept),
  );
  const outside = Math.max(...subspaces.map((subspace) => shareOutside(subspace, subspace.bound)));
  const numbers = [...new Set(subspaces.map(({ neighbours }) => neighbours))].sort((a, b) => a - b);
  const each = numbers.map((neighbours) => {
    const own = subspaces.filter((subspace) => subspace.neighbours === neighbours);
    return {
      neighbours,
      dimensions: Math.max(...own.map((subspace) => dimensionsFor(subspace, most))),
      beyondOne: Math.max(...own.map((subspace) => shareOutside(subspace, 1))),
    };
  });
  const entries = each.flatMap(({ neighbours, dimensions, beyondOne }): [string, number][] => [
    [`dimensions for 95 %, ${countOf(neighbours)} (at most ${2 ** neighbours})`, dimensions],
    [`greatest share beyond one dimension, ${countOf(neighbours)}`, beyondOne],
  ]);
  const found = each
    .map(({ neighbours, dimensions }) =>
      neighbours === 1 ? t`${dimensions} with 1 neighbour` : t`${dimensions} with ${neighbours} neighbours`,
    )
    .join(', ');
  return theoremCheck(
    'Theorem 10',
    t(
      'The projected steering vectors of a concept with n neighbours in the MRF lie in a subspace of at most 2ⁿ dimensions.',
    ),
    {
      'divergence in nats': run.snapshot().divergence,
      'greatest share of their squared length outside': outside,
      ...Object.fromEntries(entries),
    },
    outside < most,
    t`In ${f.columns} dimensions, subspaces of 2ⁿ leave out at most ${(100 * outside).toFixed(2)} % of the squared length. For 95 % of it these are needed: ${found}.`,
  );
}

function countOf(neighbours: number): string {
  return neighbours === 1 ? '1 neighbour' : `${neighbours} neighbours`;
}
