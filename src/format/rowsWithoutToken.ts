import { formatCount } from './numbers';

/** How the padding of a vocabulary is treated: "4 rows have no token (left out of Cov(γ), random pairs and lists)". */
export function describeRows(rowsWithoutToken: number, areCounted: boolean): string {
  const what = areCounted ? 'counted in' : 'left out of';
  return `${rowsHaveNoToken(rowsWithoutToken)} (${what} Cov(γ), random pairs and lists)`;
}

export function rowsHaveNoToken(rowsWithoutToken: number): string {
  return rowsWithoutToken === 1
    ? '1 row has no token'
    : `${formatCount(rowsWithoutToken)} rows have no token`;
}
