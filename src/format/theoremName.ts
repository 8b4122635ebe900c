import { t } from '@vscode/l10n';

/** How the paper's theorems are shown; results and exports keep the English name as an identifier. */
const names: Readonly<Record<string, string>> = {
  'Theorem 3': t('Theorem 3'),
  'Theorem 4': t('Theorem 4'),
  'Theorem 5': t('Theorem 5'),
  'Theorem 7': t('Theorem 7'),
  'Corollary 8': t('Corollary 8'),
  'Theorem 10': t('Theorem 10'),
  'Theorem 12': t('Theorem 12'),
};

/** @param theorem its name in a result */
export function theoremName(theorem: string): string {
  return names[theorem] ?? theorem;
}
