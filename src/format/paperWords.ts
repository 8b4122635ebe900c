import { t } from '@vscode/l10n';
import { plural } from './plural';

/* How results of the paper's experiments are shown: in them and in exports, English names identify theorems, numbers and rows. */

const theorems: Readonly<Record<string, string>> = {
  'Theorem 3': t('Theorem 3'),
  'Theorem 4': t('Theorem 4'),
  'Theorem 5': t('Theorem 5'),
  'Theorem 7': t('Theorem 7'),
  'Corollary 8': t('Corollary 8'),
  'Theorem 10': t('Theorem 10'),
  'Theorem 12': t('Theorem 12'),
};

export function theoremText(name: string): string {
  return theorems[name] ?? name;
}

const rows: Readonly<Record<string, string>> = {
  '50 masks': t('50 masks'),
  '100 masks': t('100 masks'),
  'all contexts': t('all contexts'),
};

/** @param label of a preset's row; most are formulas, such as `m=3` */
export function presetRowText(label: string): string {
  return rows[label] ?? label;
}

const measured: Readonly<Record<string, string>> = {
  'mean cosine at the start': t('mean cosine at the start'),
  'mean cosine halfway': t('mean cosine halfway'),
  'mean cosine at the end': t('mean cosine at the end'),
  'mean cosine with f1 − f0': t('mean cosine with f1 − f0'),
  'mean norm at the start': t('mean norm at the start'),
  'mean norm at the end': t('mean norm at the end'),
  'loss at the end': t('loss at the end'),
  'cosine at the start': t('cosine at the start'),
  'cosine at the end': t('cosine at the end'),
  'norm at the start': t('norm at the start'),
  'norm at the end': t('norm at the end'),
  'greatest deviation of log-odds, tokens that agree with the context': t(
    'greatest deviation of log-odds, tokens that agree with the context',
  ),
  'greatest deviation of log-odds, all tokens': t('greatest deviation of log-odds, all tokens'),
  'least mean cosine of projected steering vectors': t('least mean cosine of projected steering vectors'),
  'divergence in nats': t('divergence in nats'),
  'greatest change of log-odds, separated': t('greatest change of log-odds, separated'),
  'mean change of log-odds, neighbours': t('mean change of log-odds, neighbours'),
  'least change of log-odds, neighbours': t('least change of log-odds, neighbours'),
  'greatest distance from the true change': t('greatest distance from the true change'),
  'the change as a cosine, separated': t('the change as a cosine, separated'),
  'the change as a cosine, neighbours': t('the change as a cosine, neighbours'),
  'greatest cosine on tokens that agree with both contexts, separated': t(
    'greatest cosine on tokens that agree with both contexts, separated',
  ),
  'greatest cosine on tokens that agree with both contexts, neighbours': t(
    'greatest cosine on tokens that agree with both contexts, neighbours',
  ),
  'least U, E and UE of a concept': t('least U, E and UE of a concept'),
  'greatest mean cosine between two separated concepts': t(
    'greatest mean cosine between two separated concepts',
  ),
  'least U, E and UE, neighbours': t('least U, E and UE, neighbours'),
  'greatest mean cosine between two neighbours': t('greatest mean cosine between two neighbours'),
  'greatest share of their squared length outside': t('greatest share of their squared length outside'),
};

/** @param name of a number that was measured for a theorem */
export function measuredText(name: string): string {
  const [, neighbours, most] = /^dimensions for 95 %, (\d+) neighbours? \(at most (\d+)\)$/u.exec(name) ?? [];
  if (neighbours !== undefined && most !== undefined)
    return t`dimensions for 95 %, ${plural(Number(neighbours), 'neighbour')} (at most ${most})`;
  const [, others] = /^greatest share beyond one dimension, (\d+) neighbours?$/u.exec(name) ?? [];
  if (others !== undefined)
    return t`greatest share beyond one dimension, ${plural(Number(others), 'neighbour')}`;
  return measured[name] ?? name;
}
