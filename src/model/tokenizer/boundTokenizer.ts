import type { Tokenizer } from '@huggingface/tokenizers';
import { ModelError } from '../../errors';
import { isObject } from '../isObject';
import { withinTime } from './timeBudget';
import type { TokenizerDefinition } from './tokenizerText';

/*
 * A model's files can come from anywhere, and two things in a tokenizer.json can take forever: regular expressions that
 * backtrack exponentially, and replacements that make each other's results longer.
 */

/** Milliseconds for a text; no pattern in use takes a hundredth of that. */
const timePerTextByDefault = 5000;
/** Milliseconds in addition for each character. */
const timePerCharacter = 0.05;

/** How much longer all replacements of a tokenizer together may make a text. Real ones write at most a few characters for one. */
const mostGrowth = 1000;

/**
 * Makes a tokenizer, and limits the time that it may take for a text.
 *
 * @param label the tokenizer's name in messages
 * @throws ModelError if it makes texts much longer, or takes too long already; `encode` throws one if a text takes too long
 */
export function boundTokenizer(
  { normalizer, pre_tokenizer: preTokenizer }: TokenizerDefinition,
  label: string,
  make: () => Tokenizer,
  timePerText = timePerTextByDefault,
): Tokenizer {
  const steps = [normalizer, preTokenizer];
  const growth = steps.reduce<number>((product, step) => product * growthOf(step), 1);
  if (growth > mostGrowth)
    throw new ModelError(
      `${label} has replacements that make a text up to ${growth.toPrecision(2)} times as long, which no model needs; download it again.`,
    );
  // The timer costs more than it takes to tokenize a word.
  if (!JSON.stringify(steps).includes('"Regex"')) return make();
  const bounded = <T extends object>(work: () => T, characters: number): T => {
    const milliseconds = Math.ceil(timePerText + characters * timePerCharacter);
    const result = withinTime(milliseconds, work);
    if (result) return result;
    throw new ModelError(
      `${label} has a regular expression that takes more than ${(milliseconds / 1000).toFixed(1)} s for a text; download it again.`,
    );
  };
  const tokenizer = bounded(make, 0);
  const encode = tokenizer.encode.bind(tokenizer);
  tokenizer.encode = ((text, options) =>
    bounded(() => encode(text, options), text.length)) as Tokenizer['encode'];
  return tokenizer;
}

/** An upper bound on how many times as long a step of a tokenizer makes a text. */
function growthOf(step: unknown): number {
  if (Array.isArray(step)) return step.reduce<number>((product, one) => product * growthOf(one), 1);
  if (!isObject(step)) return 1;
  const { type, pattern, content, normalizers, pretokenizers } = step;
  if (type === 'Sequence') return growthOf(normalizers) * growthOf(pretokenizers);
  if (type !== 'Replace' || typeof content !== 'string') return 1;
  const replaced = isObject(pattern) ? pattern['String'] : undefined;
  const shortest = typeof replaced === 'string' && replaced !== '' ? replaced.length : 1;
  return Math.max(1, content.length / shortest);
}
