import { t } from '@vscode/l10n';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { includedPairs } from '../../concepts/concept';
import { analogyScores } from '../../geometry/analogies';
import { row, stack } from '../../geometry/matrix';
import { clampCosine, norm } from '../../geometry/vector';
import type { Model } from '../../model/model';
import type { AnalogiesRequest } from '../../protocol/engineMessages';
import type { AnalogiesResult, ConceptAnalogies } from '../../protocol/vocabularyResult';
import { column, paddingOf, vocabularyScores } from './conceptAxis';
import type { ReportProgress } from '../../protocol/progress';
import type { ModelGeometry } from '../modelGeometry';
import { tokenizeConcepts } from '../words/tokenizeConcepts';
import { wordRows } from '../words/wordRows';

/** Number of values in one pass over the head: 128 MB. */
const mostNumbers = 2 ** 25;

/**
 * Analogy accuracy of each concept's pairs, by cosines around the mean of the vocabulary. Only pairs whose words are one
 * chosen token each count.
 *
 * @throws UserError if there is no causal product; ModelError if the model cannot be read
 */
export async function analogies(
  model: Model,
  geometry: ModelGeometry,
  request: AnalogiesRequest,
  progress: ReportProgress,
): Promise<AnalogiesResult> {
  const tokenized = tokenizeConcepts(model, request);
  const { concepts, lists } = wordRows(tokenized, request.tokens);
  const results: ConceptAnalogies[] = [];
  for (const [index, { name, pairs }] of concepts.entries()) {
    const usable = pairs.filter(
      ({ base, target }) => lists[base]!.length === 1 && lists[target]!.length === 1,
    );
    const places = [...new Set(usable.flatMap(({ base, target }) => [base, target]))];
    const ids = places.map((place) => lists[place]![0]!);
    const cosines = await tokenCosines(geometry, request, ids, progress);
    const at = new Map(places.map((place, position) => [place, position]));
    const scores = await analogyScores(
      { ids, cosines },
      usable.map(({ base, target }) => ({ base: at.get(base)!, target: at.get(target)! })),
      async (share) => {
        progress({
          message: t`Answering the analogies of ${name}`,
          fraction: (index + share) / concepts.length,
        });
        // Gives the message time to be sent, and a cancellation time to arrive.
        await nextTurn();
      },
    );
    const given = includedPairs(request.concepts[index]!).length;
    results.push({ concept: name, given, pairs: usable.length, ...scores });
  }
  return {
    product: request.product,
    tokens: geometry.rows.ids.length,
    concepts: results,
    ...paddingOf(model, request),
  };
}

/** cos(γ(y) − mean, γ(id) − mean) of every row y that counts, for each id; 0 for a row equal to the mean. `[vocab]` each */
async function tokenCosines(
  geometry: ModelGeometry,
  request: AnalogiesRequest,
  ids: readonly number[],
  progress: ReportProgress,
): Promise<Float32Array[]> {
  const source = await geometry.source(request.product, request.settings.ridge, progress);
  const { norms, mean } = await geometry.tokenNorms(source, progress);
  const block = Math.max(1, Math.floor(mostNumbers / norms.length));
  const cosines: Float32Array[] = [];
  for (let start = 0; start < ids.length; start += block) {
    const rows = await source.rows(ids.slice(start, start + block));
    const units = Array.from({ length: rows.rows }, (_, i) => {
      const centred = Float64Array.from(row(rows, i), (value, j) => value - mean[j]!);
      const length = norm(centred);
      return centred.map((value) => (length > 0 ? value / length : 0));
    });
    const scores = await vocabularyScores(geometry, request, stack(units, mean.length), progress);
    units.forEach((_, i) => {
      // Rows that do not count are NaN, which is never an answer.
      cosines.push(
        column(scores, i).map((score, id) => (norms[id] === 0 ? 0 : clampCosine(score / norms[id]!))),
      );
    });
  }
  return cosines;
}
