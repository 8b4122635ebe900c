import { plural } from '../../format/plural';
import type { ReadSet, SkippedConcept } from '../../protocol/contextResult';

/** A line for each set of contexts: how many there are, and what became of them. */
export function readSetsText(sets: readonly ReadSet[]): string[] {
  return sets.map(({ label, given, empty, broken, windowed }) => {
    const notes = [
      ...(empty > 0 ? [`${empty} without a word`] : []),
      ...(broken > 0 ? [`${broken} with a hidden state that is not finite`] : []),
      ...(windowed > 0 ? [`${windowed} longer than the model’s window, so only the end was read`] : []),
    ];
    return `  ${label}: ${[plural(given, 'context'), ...notes].join('; ')}`;
  });
}

/** Concepts that could not be measured, with the reasons. */
export function skippedLines(skipped: readonly SkippedConcept[]): string[] {
  return skipped.map(({ name, reason }) => `  Skipped ${name}: ${reason}`);
}
