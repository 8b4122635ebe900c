import { t } from '@vscode/l10n';
import { withLeftOut, type Concept } from '../concept';
import { chosenIds, type TokenRule } from '../tokenRule';
import type { ListedConcept, ListedPair } from './listedConcept';

/** The token ids of each word; empty for an unknown word. */
export type TokensOfWords = (words: readonly string[]) => Promise<readonly (readonly number[])[]>;

/** Number of choices named in a note, and of answers of each. */
const mostNamed = 3;

/**
 * Chooses the first of a pair's answers that is counted, with a note for each concept that had several. If none is, keeps
 * the first one, which is then dropped with its reason like any other pair.
 *
 * @param tokens called once, and only if there is a choice
 */
export async function chooseAnswers(
  listed: readonly ListedConcept[],
  { policy }: TokenRule,
  tokens: TokensOfWords,
): Promise<{ concepts: readonly Concept[]; notes: readonly string[] }> {
  const open = listed.flatMap(({ pairs }) => pairs.filter(({ answers }) => answers.length > 1));
  const words = [...new Set(open.flatMap(({ base, answers }) => [base, ...answers]))];
  const cut = words.length === 0 ? [] : await tokens(words);
  const ids = new Map(words.map((word, i) => [word, chosenIds(cut[i] ?? [], policy)]));
  const counts = (base: string, answer: string): boolean => {
    const [a, b] = [ids.get(base)!, ids.get(answer)!];
    return a.length > 0 && b.length > 0 && a.join() !== b.join();
  };
  const targetOf = ({ base, answers }: ListedPair): string =>
    (answers.length > 1 ? answers.find((answer) => counts(base, answer)) : undefined) ?? answers[0]!;
  const notes: string[] = [];
  const concepts = listed.map(({ pairs, ...concept }): Concept => {
    const chosen = pairs.map((pair) =>
      withLeftOut({ base: pair.base, target: targetOf(pair) }, pair.leftOut === true),
    );
    const choices = pairs.flatMap(({ base, answers }, i) =>
      answers.length > 1 ? [t`${base} → ${chosen[i]!.target} of ${shortened(answers)}`] : [],
    );
    if (choices.length > 0) {
      const named = choices.slice(0, mostNamed).join(', ');
      const more = choices.length - mostNamed;
      const list = more > 0 ? t`${named}, and ${more} more` : named;
      notes.push(t`${concept.name}: took the first counted of several answers: ${list}.`);
    }
    return { ...concept, pairs: chosen };
  });
  return { concepts, notes };
}

function shortened(answers: readonly string[]): string {
  const more = answers.length > mostNamed ? '/…' : '';
  return `${answers.slice(0, mostNamed).join('/')}${more}`;
}
