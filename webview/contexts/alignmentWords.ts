import { t } from '@vscode/l10n';
import { formatCosine } from '../../src/format/numbers';
import { equation } from '../../src/format/statistics';

/* What stands beside a cosine of a set of contexts with a concept. */

/** p of a cell and its q; empty if it was not tested. */
export function testText(p: number, q: number): string {
  return Number.isNaN(p) ? '' : t`${equation('p', p)}, ${equation('q', q)} (sign flips of the pairs)`;
}

export function chanceText(random95: number): string {
  return Number.isNaN(random95) ? '' : t`95\u00a0% of random concepts lie below |${formatCosine(random95)}|`;
}
