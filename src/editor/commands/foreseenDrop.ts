import { t } from '@vscode/l10n';
import type { CounterfactualPair } from '../../concepts/concept';
import type { EngineClient } from '../../engine/engineClient';
import { isolatedPair } from '../../format/isolated';
import { dropReason } from '../../protocol/probeResult';
import { statusOfTokens } from '../../protocol/statusOfTokens';
import type { ModelChoice } from '../../protocol/modelChoice';
import type { TokenRule } from '../../concepts/tokenRule';

/** What tells whether pairs will count. */
export interface Foresight {
  readonly engine: Pick<EngineClient, 'call'>;
  readonly model: ModelChoice;
  readonly rule: TokenRule;
}

/**
 * Why a pair that is not added yet will not count, or how many of several will not; `undefined` if all will. A model that cannot
 * tell is reported elsewhere.
 */
export async function foreseenDrop(
  pairs: readonly CounterfactualPair[],
  { engine, model, rule }: Foresight,
): Promise<string | undefined> {
  const words = [...new Set(pairs.flatMap(({ base, target }) => [base, target]))];
  const request = { model, words, leadingSpace: rule.leadingSpace };
  const cuts = await engine.call('tokens', request).catch(() => []);
  const cutOf = new Map(cuts.map((cut) => [cut.word, cut]));
  const reasons = pairs.flatMap(({ base, target }) => {
    const [a, b] = [cutOf.get(base), cutOf.get(target)];
    if (!a || !b) return [];
    const tokens = {
      ...{ baseIds: a.ids, basePieces: a.pieces },
      ...{ targetIds: b.ids, targetPieces: b.pieces },
    };
    const status = statusOfTokens(a.ids, b.ids, rule);
    const reason = dropReason(isolatedPair({ base, target, ...tokens, status }));
    return reason === undefined ? [] : [reason];
  });
  const [first] = reasons;
  if (first === undefined) return undefined;
  return pairs.length === 1
    ? t`the pair will not count: ${first}`
    : t`${reasons.length} of ${pairs.length} pairs will not count: ${first}`;
}
