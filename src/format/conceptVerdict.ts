import { t } from '@vscode/l10n';
import { fewestForInterval, type ConceptGeometry } from '../protocol/geometryResult';
import { equation } from './statistics';
import { untestedText, type Asked } from './statisticsText';
import { level } from './verdict';

/*
 * What a concept's numbers say, in words. Every threshold is here; docs/how-to-read-this.md explains each verdict, and a
 * test compares the two.
 */

/** Identifies a verdict in exports. */
export type VerdictKind =
  | 'too-few'
  | 'untested'
  | 'doubtful'
  | 'like-random'
  | 'weak'
  | 'parallel'
  | 'not-beyond-chance'
  | 'no-direction';

/** How much is shown, for the symbol next to the words. */
export type Shown = 'all' | 'part' | 'none' | 'unknown';

export interface Verdict {
  readonly kind: VerdictKind;
  /** "parallel: beyond chance, q < .001" */
  readonly text: string;
  readonly shown: Shown;
}

/** A concept with fewer leave-one-out cosines gets no verdict: no interval, and p cannot be below 1/24. */
export const fewestPairs = fewestForInterval;

/**
 * Below this mean leave-one-out cosine pairs are weakly parallel: less than a tenth of a difference's squared length (.3²)
 * lies along the direction of the others.
 */
export const weakBelow = 0.3;

/** Random pairs reach this many standard deviations from their mean, which about 95 % of them do not exceed. */
export const randomReach = 2;

/** The range of cosines in which random pairs lie, from −1 to 1. */
export function randomRange({ random }: ConceptGeometry): { low: number; high: number } | null {
  if (!random) return null;
  const { mean, sd } = random.cosine;
  return { low: Math.max(-1, mean - randomReach * sd), high: Math.min(1, mean + randomReach * sd) };
}

/** What a rule decides by. */
interface Facts {
  /** Number of leave-one-out cosines. */
  readonly pairs: number;
  readonly mean: number;
  /** Lower end of the interval; `null` without one. */
  readonly low: number | null;
  /** NaN without a test. */
  readonly q: number;
  /** Upper end of the range of random pairs; `null` without them. */
  readonly random: number | null;
}

interface Rule {
  readonly kind: VerdictKind;
  readonly shown: Shown;
  readonly applies: (facts: Facts) => boolean;
  readonly text: (facts: Facts, untested: string) => string;
}

/** The first rule that applies gives the verdict. */
export const verdictRules: readonly Rule[] = [
  {
    kind: 'too-few',
    shown: 'unknown',
    applies: ({ pairs }) => pairs < fewestPairs,
    text: () => t`too few pairs for a verdict: ${fewestPairs} are needed`,
  },
  {
    kind: 'untested',
    shown: 'unknown',
    applies: ({ q }) => Number.isNaN(q),
    text: (_, untested) => untested,
  },
  {
    kind: 'no-direction',
    shown: 'none',
    applies: ({ q, low }) => q >= level && (low ?? 0) <= 0,
    text: ({ q }) => t`no direction shown, ${equation('q', q)}`,
  },
  {
    kind: 'not-beyond-chance',
    shown: 'part',
    applies: ({ q }) => q >= level,
    text: ({ q }) => t`not beyond chance, ${equation('q', q)}`,
  },
  {
    kind: 'doubtful',
    shown: 'part',
    applies: ({ low }) => low !== null && low <= 0,
    text: ({ q }) => t`doubtful: interval includes 0, ${equation('q', q)}`,
  },
  {
    kind: 'like-random',
    shown: 'part',
    applies: ({ mean, random }) => random !== null && mean <= random,
    text: ({ q }) => t`in the range of random pairs, ${equation('q', q)}`,
  },
  {
    kind: 'weak',
    shown: 'part',
    applies: ({ mean }) => mean < weakBelow,
    text: ({ q }) => t`weakly parallel: beyond chance, ${equation('q', q)}`,
  },
  {
    kind: 'parallel',
    shown: 'all',
    applies: () => true,
    text: ({ q }) => t`parallel: beyond chance, ${equation('q', q)}`,
  },
];

/** What the numbers of one concept in one inner product say. */
export function verdictOf(geometry: ConceptGeometry, asked: Asked): Verdict {
  const facts = factsOf(geometry);
  const { kind, shown, text } = verdictRules.find(({ applies }) => applies(facts))!;
  return { kind, shown, text: text(facts, untested(geometry, asked)) };
}

function factsOf(geometry: ConceptGeometry): Facts {
  const { leaveOneOut, permutation } = geometry;
  return {
    pairs: leaveOneOut.cosines.filter((cosine) => !Number.isNaN(cosine)).length,
    mean: leaveOneOut.mean ?? 0,
    low: leaveOneOut.interval?.low ?? null,
    q: permutation?.q ?? NaN,
    random: randomRange(geometry)?.high ?? null,
  };
}

/** Early results have the p of unchanged concepts, but no q. */
function untested(geometry: ConceptGeometry, asked: Asked): string {
  return geometry.permutation ? t('being computed') : untestedText(geometry, asked);
}

/** "6 parallel, 1 no direction shown": how many concepts have which verdict. */
export function verdictSummary(verdicts: readonly Verdict[]): string {
  return summaryWords
    .map(([kinds, words]) => ({ words, count: verdicts.filter(({ kind }) => kinds.includes(kind)).length }))
    .filter(({ count }) => count > 0)
    .map(({ words, count }) => `${count} ${words}`)
    .join(', ');
}

const summaryWords: readonly (readonly [kinds: readonly VerdictKind[], words: string])[] = [
  [['parallel'], t('parallel beyond chance')],
  [['weak'], t('weakly parallel')],
  [['like-random'], t('in the range of random pairs')],
  [['not-beyond-chance'], t('not beyond chance')],
  [['doubtful'], t('doubtful')],
  [['no-direction'], t('without a direction shown')],
  [['too-few'], t`with fewer than ${fewestPairs} pairs`],
  [['untested'], t('without a verdict')],
];
