import type { VectorLabel, VectorsResult } from '../protocol/vectorsResult';
import { npyFile } from './npy';

/** A file of an export. */
interface VectorFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/**
 * For each inner product `vectors.causal.tsv` with a row of numbers for each vector and no heading, as the Embedding Projector
 * reads it, and `vectors.causal.npy`; `metadata.tsv` says what the rows are.
 */
export function vectorTables(result: VectorsResult): VectorFile[] {
  return [
    ...result.spaces.map(({ product, vectors: { rows, columns, data } }) => ({
      name: `vectors.${product}.tsv`,
      content: Array.from(
        { length: rows },
        (_, at) => `${data.subarray(at * columns, (at + 1) * columns).join('\t')}\n`,
      ).join(''),
    })),
    metadata(result.labels),
  ];
}

/** The same vectors as NumPy files. */
export function vectorMatrices(result: VectorsResult): VectorFile[] {
  return [
    ...result.spaces.map(({ product, vectors }) => ({
      name: `vectors.${product}.npy`,
      content: npyFile(vectors),
    })),
    metadata(result.labels),
  ];
}

function metadata(labels: readonly VectorLabel[]): VectorFile {
  const line = (cells: readonly string[]) =>
    `${cells.map((cell) => cell.replace(/\s+/gu, ' ')).join('\t')}\n`;
  const rows = labels.map(({ name, kind, concept, side }) => line([name, kind, concept, side]));
  return { name: 'metadata.tsv', content: [line(['name', 'kind', 'concept', 'side']), ...rows].join('') };
}
