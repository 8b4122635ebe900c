import { matrix, type Matrix } from '../../geometry/matrix';
import type { HeadTile, Unembedding } from '../head/unembedding';
import type { Algebra, CholeskyFactor, Covariance } from './algebra';
import { factorizeBlock, invertBlock, meanDiagonal, smallestPivot } from './diagonalBlock';
import { GraphRunner, type Operand } from './graphRunner';
import {
  gramGraph,
  gramParts,
  minusProductGraph,
  productGraph,
  projectGraph,
  unwhitenGraph,
  whitenGraph,
} from './graphs';
import { headPass, refuseInfinite, roughMean } from './headPass';
import { emptyPanels, panelShapes, type Panels } from './panels';
import { centered } from './plainAlgebra';

/** Parts of the hidden dimensions whose products make up the Gram matrix: so large, but not fewer than that many. */
const partSize = 512;
/** Rows of one substitution: its intermediate results stay small. */
const rowsPerRun = 512;

/** ONNX Runtime does the work: products in single precision, the factorization in double. */
export class RuntimeAlgebra implements Algebra {
  readonly #runner: GraphRunner;

  constructor(threads?: number) {
    this.#runner = new GraphRunner(threads);
  }

  async multiply(a: Matrix, b: Matrix): Promise<Matrix> {
    const { y } = await this.#runner.run('product', () => productGraph('float32'), {
      a: single(a),
      b: single(b),
    });
    return matrix(a.rows, b.rows, y!);
  }

  async covariance(unembedding: Unembedding, progress: (share: number) => void): Promise<Covariance> {
    const { vocabSize, hiddenSize, layout } = unembedding.head;
    const tokensFirst = layout === '[vocab, hidden]';
    const shift = roughMean(unembedding);
    const shiftOperand = { data: shift, dims: tokensFirst ? [1, hiddenSize] : [hiddenSize, 1] };
    const parts = Math.ceil(hiddenSize / partSize);
    const lower = emptyPanels(hiddenSize);
    const sum = new Float64Array(hiddenSize);
    const blocks = gramBlocks(hiddenSize, parts);
    const tileSum = new Float32Array(hiddenSize);
    // Into the same memory for every tile.
    const results = {
      ...Object.fromEntries(
        blocks.map(({ name, data, rows, columns }) => [name, { data, dims: [rows, columns] }]),
      ),
      sum: { data: tileSum, dims: [hiddenSize] },
    };
    for (const tile of headPass(unembedding, progress)) {
      await this.#runner.run(
        `gram ${typeName(tile)} ${tokensFirst} ${parts}`,
        () => gramGraph(typeName(tile), tokensFirst, parts),
        { x: tileOperand(tile, unembedding), shift: shiftOperand },
        results,
        { keepsMemory: true },
      );
      for (let j = 0; j < hiddenSize; j++) sum[j]! += tileSum[j]!;
      for (const block of blocks) addBlock(lower, block);
    }
    await this.#runner.release();
    refuseInfinite(unembedding, sum);
    return centered(lower, sum, shift, vocabSize);
  }

  /** Left-looking: each panel takes from the covariance what the panels before it explain, then its own block is factorized. */
  async factorize({ size, width, panels }: Panels, ridge: number): Promise<CholeskyFactor | null> {
    const mean = meanDiagonal(panels, size, width);
    const below: { data: Float64Array; columns: number; end: number }[] = [];
    const inverses: Float64Array[] = [];
    for (const [k, { start, columns, rows }] of panelShapes(size, width).entries()) {
      const panel = await this.#unexplained(panels[k]!, below, start, columns, rows);
      const block = panel.slice(0, columns * columns);
      for (let i = 0; i < columns; i++) block[i * columns + i]! += ridge * mean;
      if (!factorizeBlock(block, columns, smallestPivot * mean)) return null;
      const inverse = invertBlock(block, columns);
      inverses.push(inverse);
      const rest = { data: panel.subarray(columns * columns), dims: [rows - columns, columns] };
      const b = { data: inverse, dims: [columns, columns] };
      const data =
        rows === columns
          ? new Float64Array(0)
          : (await this.#runner.run('product 64', () => productGraph('float64'), { a: rest, b }))['y'];
      below.push({ data: data as Float64Array, columns, end: start + columns });
    }
    return {
      size,
      width,
      below: below.map(({ data }) => new Float32Array(data)),
      inverses: inverses.map((inverse) => new Float32Array(inverse)),
    };
  }

  async #unexplained(
    panel: Float64Array,
    before: readonly { data: Float64Array; columns: number; end: number }[],
    start: number,
    columns: number,
    rows: number,
  ): Promise<Float64Array> {
    // Results go back and forth between two buffers: fresh memory each time would cost as much as the product.
    let rest: Float64Array = panel;
    let other: Float64Array = new Float64Array(panel.length);
    for (const { data, columns: inner, end } of before) {
      const part = data.subarray((start - end) * inner);
      await this.#runner.run(
        'minus product',
        minusProductGraph,
        {
          a: { data: part, dims: [rows, inner] },
          b: { data: part.subarray(0, columns * inner), dims: [columns, inner] },
          c: { data: rest, dims: [rows, columns] },
        },
        { y: { data: other, dims: [rows, columns] } },
      );
      const free = rest === panel ? new Float64Array(panel.length) : rest;
      rest = other;
      other = free;
    }
    return rest;
  }

  whiten(factor: CholeskyFactor, rows: Matrix): Promise<Matrix> {
    return this.#substitute('whiten', whitenGraph, factor, rows);
  }

  unwhiten(factor: CholeskyFactor, rows: Matrix): Promise<Matrix> {
    return this.#substitute('unwhiten', unwhitenGraph, factor, rows);
  }

  async #substitute(
    name: string,
    graph: typeof whitenGraph,
    { size, width, below, inverses }: CholeskyFactor,
    rows: Matrix,
  ): Promise<Matrix> {
    // One row alone would take another path through ONNX Runtime and differ in its last digits.
    if (rows.rows === 1) {
      const twice = matrix(2, size, new Float32Array([...rows.data, ...rows.data]));
      const { data } = await this.#substitute(name, graph, { size, width, below, inverses }, twice);
      return matrix(1, size, data.subarray(0, size));
    }
    const operands = panelShapes(size, width).flatMap(({ columns, rows: tall }, k): [string, Operand][] => {
      const inverse: [string, Operand] = [`d${k}`, { data: inverses[k]!, dims: [columns, columns] }];
      if (tall === columns) return [inverse];
      return [[`b${k}`, { data: below[k]!, dims: [tall - columns, columns] }], inverse];
    });
    const factorOperands = Object.fromEntries(operands);
    const result = new Float32Array(rows.rows * size);
    const { data } = single(rows);
    for (let from = 0; from < rows.rows; from += rowsPerRun) {
      const count = Math.min(rowsPerRun, rows.rows - from);
      const x = { data: data.subarray(from * size, (from + count) * size), dims: [count, size] };
      const { y } = await this.#runner.run(
        `${name} ${size} ${width}`,
        () => graph(size, width),
        { x, ...factorOperands },
        {},
        { keepsMemory: true },
      );
      result.set(y!, from * size);
    }
    await this.#runner.release();
    return matrix(rows.rows, size, result);
  }

  async project(
    unembedding: Unembedding,
    directions: Matrix,
    progress: (share: number) => void,
  ): Promise<Matrix> {
    const { vocabSize, layout } = unembedding.head;
    const tokensFirst = layout === '[vocab, hidden]';
    const w = single(directions);
    const scores = new Float32Array(vocabSize * directions.rows);
    for (const tile of headPass(unembedding, progress)) {
      const { y } = await this.#runner.run(
        `project ${typeName(tile)} ${tokensFirst}`,
        () => projectGraph(typeName(tile), tokensFirst),
        { x: tileOperand(tile, unembedding), w },
        {},
        { keepsMemory: true },
      );
      scores.set(y!, tile.first * directions.rows);
    }
    await this.#runner.release();
    return matrix(vocabSize, directions.rows, scores);
  }
}

function single({ data, rows, columns }: Matrix): { data: Float32Array; dims: number[] } {
  return { data: data instanceof Float32Array ? data : new Float32Array(data), dims: [rows, columns] };
}

function typeName({ data }: HeadTile): 'float32' | 'float16' {
  return data instanceof Float32Array ? 'float32' : 'float16';
}

function tileOperand({ data, tokens }: HeadTile, { head: { hiddenSize, layout } }: Unembedding): Operand {
  return { data, dims: layout === '[vocab, hidden]' ? [tokens, hiddenSize] : [hiddenSize, tokens] };
}

/** A product of two parts of the hidden dimensions, in the lower half of the Gram matrix. */
interface GramBlock {
  readonly name: string;
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}

/** With memory for each. Split makes all parts equal but the last, which may be smaller. */
function gramBlocks(hiddenSize: number, parts: number): GramBlock[] {
  const size = Math.ceil(hiddenSize / parts);
  const length = (part: number): number => Math.min(size, hiddenSize - part * size);
  return gramParts(parts).map(({ row, column, name }) => {
    const [rows, columns] = [length(row), length(column)];
    return {
      name,
      row: row * size,
      column: column * size,
      rows,
      columns,
      data: new Float32Array(rows * columns),
    };
  });
}

/** Adds a block to the lower half; what lies above the diagonal panels is skipped. */
function addBlock(lower: Panels, { row, column, rows, columns, data }: GramBlock): void {
  const { size, width } = lower;
  for (const [k, { start, columns: panelColumns }] of panelShapes(size, width).entries()) {
    const from = Math.max(start, column);
    const to = Math.min(start + panelColumns, column + columns);
    if (from >= to) continue;
    const panel = lower.panels[k]!;
    for (let i = Math.max(0, start - row); i < rows; i++) {
      const target = (row + i - start) * panelColumns - start;
      const source = i * columns - column;
      for (let j = from; j < to; j++) panel[target + j]! += data[source + j]!;
    }
  }
}
