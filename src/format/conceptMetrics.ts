import { t } from '@vscode/l10n';
import type { ConceptGeometry, Spread } from '../protocol/geometryResult';
import type { ComparedGeometry } from '../protocol/modelComparison';
import { formatCosine, formatCount } from './numbers';
import { equation, formatP, formatRange, formatRank, intervalText } from './statistics';
import {
  leaveOneOutText,
  noVerdict,
  permutationQuestion,
  permutationText,
  untestedText,
  type Asked,
} from './statisticsText';

/** One number of a concept in one inner product: its name, its meaning, and where it is shown. */
export interface ConceptMetric {
  /**
   * Its path in the JSON document of a concept's geometry, such as `leaveOneOut.mean`. If means with self-pairs are
   * requested, they replace those without.
   */
  readonly key: string;
  /** Its name in sentences. */
  readonly label: string;
  /** Its column in the CSV table of the concepts, which adds the inner product. */
  readonly csv: string;
  readonly value: (geometry: ConceptGeometry) => number | null;
  /** "–" for `null`. */
  readonly format: (value: number | null) => string;
  /** What it measures, for any concept. */
  readonly explain: string;
  /** What the number of one concept is based on, or why there is none. */
  readonly details?: (geometry: ConceptGeometry, asked: Asked) => string;
  /** Shown only if means include self-pairs (`true`), or only if they do not (`false`). */
  readonly selfPairs?: boolean;
  /** Its columns in the terminal's table: the number itself, and related values. */
  readonly terminal?: readonly TerminalColumn[];
  /** The line below the number in the figures of one concept. */
  readonly figure?: (shown: MetricContext) => string;
  /** Its name in a comparison of two models. */
  readonly compared?: keyof ComparedGeometry;
}

export interface TerminalColumn {
  readonly heading: string;
  /** The formatted value by default. */
  readonly text?: (geometry: ConceptGeometry) => string;
}

/** What the line below a figure may refer to. */
export interface MetricContext {
  readonly geometry: ConceptGeometry;
  /** Number of kept pairs. */
  readonly kept: number;
  /** Name of the inner product. */
  readonly product: string;
  readonly asked: Asked;
}

/** The number that tables, the tree and comparisons show first. */
export const meanLeaveOneOut: ConceptMetric = {
  key: 'leaveOneOut.mean',
  label: t('mean leave-one-out cosine'),
  csv: 'mean leave-one-out cosine',
  value: ({ leaveOneOut }) => leaveOneOut.mean,
  format: formatCosine,
  explain: t('Mean cosine of each difference with the direction of the others'),
  details: leaveOneOutText,
  terminal: [
    { heading: 'Leave-one-out' },
    { heading: '95 % interval', text: ({ leaveOneOut }) => formatRange(leaveOneOut.interval) },
    { heading: 'Random', text: ({ random }) => (random ? spreadText(random.cosine) : '–') },
  ],
  figure: ({ geometry, product }) =>
    [product, intervalText(geometry.leaveOneOut.interval)].filter(Boolean).join(', '),
  compared: 'leaveOneOut',
};

/** In the order of the CSV table and of the figures. */
export const conceptMetrics: readonly ConceptMetric[] = [
  {
    key: 'meanCosine',
    label: t('mean pairwise cosine'),
    csv: 'mean cosine',
    value: ({ meanCosine }) => meanCosine,
    format: formatCosine,
    explain: t('Mean cosine of all pairs of differences'),
    selfPairs: false,
    terminal: [{ heading: 'Mean cosine' }],
    figure: ({ product }) => t`${product}, without self-pairs`,
    compared: 'meanCosine',
  },
  {
    key: 'meanCosine',
    label: t('mean pairwise cosine'),
    csv: 'mean cosine with self-pairs',
    value: ({ meanCosineWithSelf }) => meanCosineWithSelf,
    format: formatCosine,
    explain: t('Mean cosine of all pairs of differences, including each difference with itself'),
    selfPairs: true,
    terminal: [{ heading: 'Mean cosine with self' }],
    figure: ({ product }) => t`${product}, with self-pairs`,
  },
  meanLeaveOneOut,
  {
    key: 'leaveOneOut.interval.low',
    label: t('lower end of the interval'),
    csv: 'interval low',
    value: ({ leaveOneOut }) => leaveOneOut.interval?.low ?? null,
    format: formatCosine,
    explain: t('Where the bootstrap interval of the mean leave-one-out cosine starts'),
  },
  {
    key: 'leaveOneOut.interval.high',
    label: t('upper end of the interval'),
    csv: 'interval high',
    value: ({ leaveOneOut }) => leaveOneOut.interval?.high ?? null,
    format: formatCosine,
    explain: t('Where the bootstrap interval of the mean leave-one-out cosine ends'),
  },
  {
    key: 'permutation.p',
    label: t('p against words paired at random'),
    csv: 'permutation p',
    value: ({ permutation }) => permutation?.p ?? null,
    format: formatP,
    explain: permutationQuestion,
    details: permutationText,
    terminal: [{ heading: 'p' }],
    figure: ({ geometry, product, asked }) =>
      geometry.permutation
        ? [equation('q', geometry.permutation.q), product, ...noVerdict(geometry.permutation)].join(', ')
        : untestedText(geometry, asked),
  },
  {
    key: 'permutation.q',
    label: t('q across the concepts'),
    csv: 'permutation q',
    value: ({ permutation }) => permutation?.q ?? null,
    format: formatP,
    explain: t(
      'p corrected for testing several concepts (Benjamini–Hochberg), so it changes when another concept does',
    ),
    terminal: [{ heading: 'q' }],
  },
  {
    key: 'effectiveRank',
    label: t('effective rank'),
    csv: 'effective rank',
    value: ({ effectiveRank }) => effectiveRank,
    format: formatRank,
    explain: t('(Σλ)² / Σλ² of the differences’ Gram matrix'),
    figure: ({ kept, product }) =>
      t`of ${formatCount(kept)}, ${product}; 1 if all are parallel or one outweighs the rest`,
  },
  {
    key: 'random.mean',
    label: t('mean random projection'),
    csv: 'random projection mean',
    value: ({ random }) => random?.projection.mean ?? null,
    format: formatCosine,
    explain: t('Mean random projection of random token pairs with the concept’s direction'),
  },
  {
    key: 'random.sd',
    label: t('standard deviation of the random projections'),
    csv: 'random projection sd',
    value: ({ random }) => random?.projection.sd ?? null,
    format: formatCosine,
    explain: t('How far the random projections of random token pairs lie from their mean'),
  },
  {
    key: 'random.cosine.mean',
    label: t('mean random cosine'),
    csv: 'random cosine mean',
    value: ({ random }) => random?.cosine.mean ?? null,
    format: formatCosine,
    explain: t('Mean random cosine of random token pairs with the concept’s direction'),
  },
  {
    key: 'random.cosine.sd',
    label: t('standard deviation of the random cosines'),
    csv: 'random cosine sd',
    value: ({ random }) => random?.cosine.sd ?? null,
    format: formatCosine,
    explain: t('How far the random cosines of random token pairs lie from their mean'),
  },
];

/** The metrics that a view shows, with or without self-pairs in means. */
export function metricsOf<Place extends 'terminal' | 'figure' | 'compared'>(place: Place, selfPairs = false) {
  return conceptMetrics.filter(
    (metric): metric is ConceptMetric & Required<Pick<ConceptMetric, Place>> =>
      metric[place] !== undefined && counts(metric, selfPairs),
  );
}

/** Whether a metric is shown for this choice of self-pairs; most are shown for both. */
export function counts(metric: ConceptMetric, selfPairs: boolean): boolean {
  return (metric.selfPairs ?? selfPairs) === selfPairs;
}

function spreadText({ mean, sd }: Spread): string {
  return `${formatCosine(mean)} ± ${formatCosine(sd)}`;
}
