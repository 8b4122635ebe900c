import { matrix, row, type Matrix } from '../../geometry/matrix';
import { dot } from '../../geometry/vector';
import { everyRow, type RowSet } from '../head/rowSet';
import type { Unembedding } from '../head/unembedding';
import type { Algebra, CholeskyFactor, Covariance } from './algebra';
import { decodeTile } from './decodeTile';
import { factorizeBlock, invertBlock, meanDiagonal, smallestPivot } from './diagonalBlock';
import { headPass, refuseInfinite, roughMean } from './headPass';
import { unwhitenRow, whitenRow } from './substitution';
import { emptyPanels, panelShapes, type Panels } from './columnPanels';

/** Plain loops in double precision, for small matrices and for machines without ONNX Runtime. */
export const plainAlgebra: Algebra = {
  multiply: (a, b) => Promise.resolve(product(a, b)),
  covariance: (unembedding, rows, progress) => Promise.resolve(covariance(unembedding, rows, progress)),
  factorize: (lower, ridge) => Promise.resolve(factorize(lower, ridge)),
  whiten: (factor, rows) => Promise.resolve(whiten(factor, rows)),
  whitenAll: (factor, parts) => Promise.resolve(parts.map((rows) => whiten(factor, rows))),
  unwhiten: (factor, rows) =>
    Promise.resolve(
      eachRow(rows, (values) => {
        unwhitenRow(factor, values);
      }),
    ),
  project: (unembedding, directions, progress) => Promise.resolve(project(unembedding, directions, progress)),
};

function product(a: Matrix, b: Matrix): Matrix {
  const data = new Float64Array(a.rows * b.rows);
  for (let i = 0; i < a.rows; i++) {
    const values = row(a, i);
    for (let j = 0; j < b.rows; j++) data[i * b.rows + j] = dot(values, row(b, j));
  }
  return matrix(a.rows, b.rows, data);
}

function covariance(unembedding: Unembedding, rows: RowSet, progress: (share: number) => void): Covariance {
  const { hiddenSize } = unembedding.head;
  const shift = roughMean(unembedding, rows);
  const lower = emptyPanels(hiddenSize);
  const shapes = panelShapes(hiddenSize);
  const sum = new Float64Array(hiddenSize);
  const x = new Float64Array(hiddenSize);
  for (const tile of headPass(unembedding, rows, progress)) {
    const [data, step, stride] = stored(unembedding, tile);
    for (let t = 0; t < tile.tokens; t++) {
      for (let j = 0; j < hiddenSize; j++) sum[j]! += x[j] = data[t * stride + j * step]! - shift[j]!;
      shapes.forEach(({ start, columns, rows }, k) => {
        const panel = lower.panels[k]!;
        for (let i = 0; i < rows; i++) {
          const value = x[start + i]!;
          const end = Math.min(columns, i + 1);
          for (let j = 0; j < end; j++) panel[i * columns + j]! += value * x[start + j]!;
        }
      });
    }
  }
  refuseInfinite(unembedding, sum);
  return centered(lower, sum, shift, rows.ids.length);
}

/** Converts sums of second moments around `shift` to means of second moments around the mean. */
export function centered(lower: Panels, sum: Float64Array, shift: Float32Array, count: number): Covariance {
  const offset = sum.map((value) => value / count);
  panelShapes(lower.size, lower.width).forEach(({ start, columns, rows }, k) => {
    const panel = lower.panels[k]!;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const at = i * columns + j;
        panel[at] = panel[at]! / count - offset[start + i]! * offset[start + j]!;
      }
    }
  });
  return { mean: offset.map((value, j) => value + shift[j]!), lower };
}

/** The tile's numbers with the strides between dimensions and between tokens. */
function stored(
  { head: { layout, hiddenSize } }: Unembedding,
  tile: Parameters<typeof decodeTile>[0],
): [data: Float32Array, step: number, stride: number] {
  const data = decodeTile(tile);
  return layout === '[vocab, hidden]' ? [data, 1, hiddenSize] : [data, tile.tokens, 1];
}

function factorize(lower: Panels, ridge: number): CholeskyFactor | null {
  const { size, width, panels } = lower;
  const mean = meanDiagonal(lower);
  const [below, inverses]: Float64Array[][] = [[], []];
  for (const [k, { start, columns, rows }] of panelShapes(size, width).entries()) {
    const panel = new Float64Array(panels[k]!);
    for (let i = 0; i < columns; i++) panel[i * columns + i]! += ridge * mean;
    for (const [j, earlier] of below!.entries()) {
      const inner = panelShapes(size, width)[j]!;
      const skipped = start - inner.start - inner.columns;
      const part = earlier.subarray(skipped * inner.columns);
      for (let i = 0; i < rows; i++) {
        const values = part.subarray(i * inner.columns, (i + 1) * inner.columns);
        for (let c = 0; c < Math.min(columns, i + 1); c++)
          panel[i * columns + c]! -= dot(values, part.subarray(c * inner.columns, (c + 1) * inner.columns));
      }
    }
    const block = panel.slice(0, columns * columns);
    if (!factorizeBlock(block, columns, smallestPivot * mean)) return null;
    const inverse = invertBlock(block, columns);
    const rest = matrix(rows - columns, columns, panel.subarray(columns * columns));
    below!.push(product(rest, matrix(columns, columns, inverse)).data as Float64Array);
    inverses!.push(inverse);
  }
  return { size, width, below: below!.map(single), inverses: inverses!.map(single) };
}

function single(values: Float64Array): Float32Array {
  return new Float32Array(values);
}

function whiten(factor: CholeskyFactor, rows: Matrix): Matrix {
  return eachRow(rows, (values) => {
    whitenRow(factor, values);
  });
}

function eachRow(rows: Matrix, work: (values: Float64Array) => void): Matrix {
  const data = new Float64Array(rows.data);
  for (let i = 0; i < rows.rows; i++) work(data.subarray(i * rows.columns, (i + 1) * rows.columns));
  return matrix(rows.rows, rows.columns, data);
}

function project(unembedding: Unembedding, directions: Matrix, progress: (share: number) => void): Matrix {
  const { vocabSize, hiddenSize } = unembedding.head;
  const scores = new Float32Array(vocabSize * directions.rows);
  for (const tile of headPass(unembedding, everyRow(vocabSize), progress)) {
    const [data, step, stride] = stored(unembedding, tile);
    for (let t = 0; t < tile.tokens; t++) {
      for (let d = 0; d < directions.rows; d++) {
        let sum = 0;
        for (let j = 0; j < hiddenSize; j++)
          sum += data[t * stride + j * step]! * directions.data[d * hiddenSize + j]!;
        scores[(tile.first + t) * directions.rows + d] = sum;
      }
    }
  }
  return matrix(vocabSize, directions.rows, scores);
}
