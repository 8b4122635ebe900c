import { t } from '@vscode/l10n';
import type { Axis } from './experiment';

/** A line for each number of concepts m. @param steps of the runs, by m */
export function conceptLines(steps: Readonly<Record<number, number>>): Axis {
  return {
    label: t('Concepts m'),
    symbol: 'm',
    values: Object.entries(steps).map(([m, count]) => ({
      label: `m=${m}`,
      value: Number(m),
      settings: { concepts: Number(m), steps: count },
    })),
  };
}
