import { matrix, type Matrix } from '../../geometry/matrix';
import { everyRow, type RowSet } from '../head/rowSet';
import type { HeadTile, Unembedding } from '../head/unembedding';
import type { Algebra, CholeskyFactor, Covariance } from './algebra';
import { GraphRunner, type Operand } from './graphRunner';
import { productGraph, projectGraph } from './graphs';
import { headPass } from './headPass';
import type { Panels } from './columnPanels';
import { runtimeCholesky } from './runtimeCholesky';
import { runtimeCovariance, typeName } from './runtimeCovariance';
import { substitute } from './runtimeSubstitution';

/** Uses ONNX Runtime in single precision; small operations that need precision are done in double precision. */
export class RuntimeAlgebra implements Algebra {
  readonly #runner: GraphRunner;

  constructor(threads?: number) {
    this.#runner = new GraphRunner(threads);
  }

  async multiply(a: Matrix, b: Matrix): Promise<Matrix> {
    const left = single(a);
    const right = a === b ? left : single(b);
    const { y } = await this.#runner.run('product', productGraph, { a: left, b: right });
    return matrix(a.rows, b.rows, y!);
  }

  covariance(unembedding: Unembedding, rows: RowSet, progress: (share: number) => void): Promise<Covariance> {
    return runtimeCovariance(this.#runner, unembedding, rows, progress);
  }

  factorize(lower: Panels, ridge: number): Promise<CholeskyFactor | null> {
    return runtimeCholesky(this.#runner, lower, ridge);
  }

  async whiten(factor: CholeskyFactor, rows: Matrix): Promise<Matrix> {
    return (await this.whitenAll(factor, [rows]))[0]!;
  }

  whitenAll(factor: CholeskyFactor, parts: readonly Matrix[]): Promise<Matrix[]> {
    return substitute(this.#runner, 'whiten', factor, parts);
  }

  async unwhiten(factor: CholeskyFactor, rows: Matrix): Promise<Matrix> {
    return (await substitute(this.#runner, 'unwhiten', factor, [rows]))[0]!;
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
    for (const tile of headPass(unembedding, everyRow(vocabSize), progress)) {
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

function tileOperand({ data, tokens }: HeadTile, { head: { hiddenSize, layout } }: Unembedding): Operand {
  return { data, dims: layout === '[vocab, hidden]' ? [tokens, hiddenSize] : [hiddenSize, tokens] };
}
