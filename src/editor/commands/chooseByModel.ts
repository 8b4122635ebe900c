import { t } from '@vscode/l10n';
import type { Concept } from '../../concepts/concept';
import { chooseAnswers } from '../../concepts/lists/chooseAnswers';
import type { ListedConcept } from '../../concepts/lists/listedConcept';
import type { TokenRule } from '../../concepts/tokenRule';
import { EngineError, type EngineClient } from '../../engine/engineClient';
import { readSettings } from '../stores/settings';

/**
 * Picks, of several answers, the first whose words are single tokens in the current model; without a working model, the
 * first.
 */
export async function chooseByModel(
  engine: EngineClient,
  listed: readonly ListedConcept[],
  rule: TokenRule,
): Promise<{ concepts: readonly Concept[]; notes: readonly string[] }> {
  const { leadingSpace } = rule;
  try {
    return await chooseAnswers(listed, rule, async (words) =>
      (await engine.call('tokens', { model: readSettings().model, words, leadingSpace })).map(
        ({ ids }) => ids,
      ),
    );
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const { concepts } = await chooseAnswers(listed, rule, (words) => Promise.resolve(words.map(() => [])));
    return {
      concepts,
      notes: [t`Took the first of several answers, because the model could not be loaded: ${error.message}`],
    };
  }
}
