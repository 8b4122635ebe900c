import { formatCount } from './formatNumbers';

/** "4 rows have no token and are left out": of a padded vocabulary; `null` where there are none or nobody knows. */
export function describeRows(rowsWithoutToken: number | null, allRows: boolean): string | null {
  if (rowsWithoutToken === null || rowsWithoutToken === 0) return null;
  return `${rowsHaveNoToken(rowsWithoutToken)} and ${rowsWithoutToken === 1 ? 'is' : 'are'} ${allRows ? 'counted' : 'left out'}`;
}

export function rowsHaveNoToken(rowsWithoutToken: number): string {
  return rowsWithoutToken === 1 ? '1 row has no token' : `${formatCount(rowsWithoutToken)} rows have no token`;
}
