import { t } from '@vscode/l10n';
import { formatCosine, productName } from '../../src/format/numbers';
import type { InnerProduct } from '../../src/protocol/geometryResult';
import type { NearestResult, NearestToken } from '../../src/protocol/vocabularyResult';
import type { NearestColumn, NearestUi } from './nearestUi';

const names = new Intl.Collator(undefined, { numeric: true });

/** The tokens that the filter leaves, sorted; cosines from the largest, pieces and ids from the smallest unless reversed. */
export function nearestRows(
  { products, tokens }: NearestResult,
  { sort, isReversed, filter }: NearestUi,
  product: InnerProduct,
): readonly NearestToken[] {
  const by = sortedBy(sort, product);
  const wanted = filter.toLocaleLowerCase();
  const at = products.findIndex((one) => one === by);
  const compare = (a: NearestToken, b: NearestToken): number => {
    if (by === 'token') return names.compare(wordOf(a), wordOf(b));
    if (by === 'id') return a.id - b.id;
    return (b.cosines[at] ?? 0) - (a.cosines[at] ?? 0);
  };
  const kept = tokens.filter(({ piece }) => wordOf({ piece }).toLocaleLowerCase().includes(wanted));
  const sorted = kept.toSorted((a, b) => compare(a, b) || a.id - b.id);
  return isReversed ? sorted.reverse() : sorted;
}

export function sortedBy(sort: NearestColumn | null, product: InnerProduct): NearestColumn {
  return sort ?? product;
}

/** Without the mark of the space before it. */
function wordOf({ piece }: Pick<NearestToken, 'piece'>): string {
  return piece.replace(/^[▁Ġ]/u, ' ');
}

/** In every language, like those of a CSV file. */
const headings: Readonly<Record<InnerProduct, string>> = { euclidean: 'Euclidean', causal: 'causal' };

/** As tab-separated lines, for spreadsheets: all digits. */
export function nearestTsv({ products }: NearestResult, rows: readonly NearestToken[]): string {
  // A token may be a tab or a line break itself.
  const cell = (text: string) =>
    text.replaceAll(/[\t\r\n]/gu, (letter) => JSON.stringify(letter).slice(1, -1));
  return [
    ['token', 'id', ...products.map((product) => `cosine, ${headings[product]}`)],
    ...rows.map(({ piece, id, cosines }) => [cell(piece), String(id), ...cosines.map(String)]),
  ]
    .map((line) => line.join('\t'))
    .join('\n');
}

export function nearestMarkdown(result: NearestResult, rows: readonly NearestToken[]): string {
  const { products, concept, base } = result;
  const cell = (text: string) => text.replaceAll(/\s+/gu, ' ').replaceAll(/[\\|`*_<>[\]]/gu, '\\$&');
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    t`Nearest to ${cell(base)} + ${cell(concept)}, by cosine around the vocabulary’s mean`,
    '',
    line([t('Token'), t('Id'), ...products.map(productName)]),
    line(['---', '---:', ...products.map(() => '---:')]),
    ...rows.map(({ piece, id, cosines }) =>
      line([cell(piece), String(id), ...cosines.map((value) => formatCosine(value))]),
    ),
  ].join('\n');
}
