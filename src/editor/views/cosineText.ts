import { t } from '@vscode/l10n';
import { formatCosine } from '../../format/numbers';
import { plural } from '../../format/plural';
import { isolatedPair } from '../../format/isolated';
import { dropReason, type ConceptResult, type PairResult } from '../../protocol/probeResult';
import { shownCosine, shownGeometry } from '../sessions/pairResults';

/** What the tree and the hover of a word say of a pair: its leave-one-out cosine, or why there is none and what to do. */
export function cosineText(pair: PairResult, concept: ConceptResult): string {
  const reason = dropReason(isolatedPair(pair));
  if (reason !== undefined) return notCounted(reason, pair);
  const cosine = shownCosine(concept, pair);
  if (cosine === null)
    return concept.kept < 2
      ? t('No cosine yet: the concept needs a second kept pair.')
      : t('The cosine is undefined.');
  const { product } = shownGeometry(concept);
  const others = plural(concept.kept - 1, 'pair');
  return t`Leave-one-out cosine ${formatCosine(cosine)}, with the direction of the other ${others} (${product})`;
}

/** Words of several tokens are dropped only where the token rule needs single tokens. */
function notCounted(reason: string, { status }: PairResult): string {
  const why = t`Not counted: ${reason}.`;
  return status === 'several-tokens'
    ? `${why} ${t('Pairs need one token per word. Edit the pair, choose another word, or change the token rule.')}`
    : why;
}
