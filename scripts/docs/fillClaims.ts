/** A sentence or table row of a page with computed numbers. */
export interface Claim {
  /** The text of the page, with `{}` for each value; any whitespace matches any other. */
  readonly text: string;
  /** The value of each `{}`. */
  readonly values: readonly string[];
}

export interface FilledPage {
  readonly text: string;
  /** Decimals that no claim computes, each with its line. */
  readonly unclaimed: readonly string[];
}

/** A number such as .535, −.028 or 1.338, but not the number of a paper or a version. */
const decimal = /(?<![\w.])\d{0,3}\.\d{2,}(?![\w.]*\w)/gu;

/**
 * Inserts computed values into a page.
 *
 * @param constants phrases whose decimals are settings or conventions, such as `q < .05`
 * @throws Error if a claim's sentence does not occur in the page exactly once
 */
export function fillClaims(page: string, claims: readonly Claim[], constants: readonly string[]): FilledPage {
  const slots = claims.flatMap((claim) => slotsOf(page, claim)).sort((a, b) => a.from - b.from);
  const exempt = constants.flatMap((phrase) => placesOf(page, phrase));
  const covered = [...slots, ...exempt];
  const unclaimed = [...page.matchAll(decimal)]
    .filter(({ index }) => !covered.some(({ from, to }) => from <= index && index < to))
    .map(({ index, 0: number }) => `${number} in “${lineAt(page, index)}”`);
  let text = '';
  let end = 0;
  for (const { from, to, value } of slots) {
    if (from < end) throw new Error(`Two claims compute the same number in “${lineAt(page, from)}”.`);
    text += page.slice(end, from) + value;
    end = to;
  }
  return { text: text + page.slice(end), unclaimed };
}

/** A value ends before the text that follows it in the sentence, but not at its own decimal point. */
const slot = '([^|]{1,200}?)(?!\\.\\d)';

interface Slot {
  readonly from: number;
  readonly to: number;
  readonly value: string;
}

function slotsOf(page: string, { text, values }: Claim): Slot[] {
  const parts = text.split('{}');
  if (parts.length !== values.length + 1)
    throw new Error(`“${text}” has ${parts.length - 1} placeholders for ${values.length} values.`);
  const pattern = new RegExp(parts.map(patternOf).join(slot), 'dgu');
  const matches = [...page.matchAll(pattern)];
  if (matches.length !== 1)
    throw new Error(`“${text}” occurs ${matches.length} times in the page instead of once.`);
  const { indices } = matches[0]!;
  return values.map((value, i) => {
    const [from, to] = indices![i + 1]!;
    // If only a line break differs inside a value, the line break is kept.
    const written = page.slice(from, to);
    return { from, to, value: written.replace(/\s+/gu, ' ') === value ? written : value };
  });
}

function patternOf(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&').replace(/\s+/gu, '\\s+');
}

function placesOf(page: string, phrase: string): { from: number; to: number }[] {
  return [...page.matchAll(new RegExp(patternOf(phrase), 'gu'))].map(({ index, 0: found }) => ({
    from: index,
    to: index + found.length,
  }));
}

function lineAt(page: string, index: number): string {
  return page.slice(page.lastIndexOf('\n', index) + 1, page.indexOf('\n', index)).trim();
}
