import { t } from '@vscode/l10n';
import { pairLabel } from '../concepts/concept';
import { tokenRuleText, type TokenRule } from '../concepts/tokenRule';
import { hasBareSpace, type PairResult } from '../protocol/probeResult';
import type { CommandId } from './commands/commandTable';

/** What a quick fix runs. */
export interface DropFix {
  readonly title: string;
  readonly command: CommandId;
  readonly argument: unknown;
}

/** What can be done about a pair that does not count, best first. */
export function dropFixes(concept: string, result: PairResult, rule: TokenRule): readonly DropFix[] {
  const { base, target, status, instead } = result;
  if (status === 'kept') return [];
  const pair = { base, target };
  if (status === 'left-out')
    return [
      {
        title: t`Include ${pairLabel(pair)} again`,
        command: 'conceptProbe.includePair',
        argument: { concept, pair },
      },
    ];
  const fixes: DropFix[] = [];
  if (instead)
    fixes.push({
      title: t`Change capitals to make single tokens: ${pairLabel(instead)}`,
      command: 'conceptProbe.useOtherCapitals',
      argument: { concept, pair, instead },
    });
  const other = otherRule(result, rule);
  if (other)
    fixes.push({
      title: t`Use another token rule for the whole file: ${tokenRuleText(other)}`,
      command: 'conceptProbe.changeTokenRule',
      argument: other,
    });
  fixes.push(
    {
      title: t`Leave out ${pairLabel(pair)}`,
      command: 'conceptProbe.leaveOutPair',
      argument: { concept, pair },
    },
    {
      title: t`Delete ${pairLabel(pair)}`,
      command: 'conceptProbe.deletePair',
      argument: { concept, pair },
    },
  );
  return fixes;
}

/** A token rule with which words of several tokens can count. */
function otherRule(result: PairResult, { policy, leadingSpace }: TokenRule): TokenRule | undefined {
  if (result.status !== 'several-tokens') return undefined;
  if (leadingSpace && hasBareSpace(result)) return { policy, leadingSpace: false };
  return policy === 'single' ? { policy: 'mean', leadingSpace } : undefined;
}
