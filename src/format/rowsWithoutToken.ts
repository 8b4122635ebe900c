import { t } from '@vscode/l10n';
import { formatCount } from './numbers';

/** How the padding of a vocabulary is treated: "4 rows have no token (left out of Cov(γ), random pairs and lists)". */
export function describeRows(rowsWithoutToken: number, areCounted: boolean): string {
  const rows = rowsHaveNoToken(rowsWithoutToken);
  return areCounted
    ? t`${rows} (counted in Cov(γ), random pairs and lists)`
    : t`${rows} (left out of Cov(γ), random pairs and lists)`;
}

export function rowsHaveNoToken(rowsWithoutToken: number): string {
  return rowsWithoutToken === 1
    ? t('1 row has no token')
    : t`${formatCount(rowsWithoutToken)} rows have no token`;
}
