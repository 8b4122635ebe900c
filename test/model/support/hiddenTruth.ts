import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HiddenStateSession, type HiddenStates } from '../../../src/model/hidden/session';
import { Model } from '../../../src/model/model';
import { headFixtures } from './fixtures';

/** The float32 model's forward pass from the fixtures: `[12]` ids, `[12 × 64]` and `[12 × 640]` numbers. */
export function hiddenTruth(kind: 'tied' | 'untied') {
  const folder = join(headFixtures, `truth-${kind}`);
  return {
    ids: Array.from(new BigInt64Array(npyData(join(folder, 'input_ids.npy'))), Number),
    hidden: new Float32Array(npyData(join(folder, 'hidden.npy'))),
    logits: new Float32Array(npyData(join(folder, 'logits.npy'))),
  };
}

/** The data of a `.npy` file of any shape and type. */
function npyData(path: string): ArrayBuffer {
  const bytes = readFileSync(path);
  const start = 10 + bytes.readUInt16LE(8);
  return Uint8Array.from(bytes.subarray(start)).buffer;
}

/** Runs `contexts` through the model at `path`, in one run, including the logits. */
export async function runHidden(
  path: string,
  contexts: readonly (readonly number[])[],
): Promise<HiddenStates[]> {
  return withModel(path, async (model) => {
    const session = await HiddenStateSession.open(model, { withLogits: true });
    try {
      return await session.run(contexts);
    } finally {
      await session.release();
    }
  });
}

export async function withModel<T>(path: string, body: (model: Model) => Promise<T>): Promise<T> {
  const model = new Model(path);
  try {
    return await body(model);
  } finally {
    model.close();
  }
}

/** λ·Uᵀ with the rows of U from the reader under test, in a plain float64 loop. */
export function logitsFrom(path: string, hidden: Float32Array): Float64Array {
  const model = new Model(path);
  try {
    const { vocabSize, hiddenSize } = model.unembedding.head;
    const { data: u } = model.unembedding.rows(Array.from({ length: vocabSize }, (_, id) => id));
    const logits = new Float64Array((hidden.length / hiddenSize) * vocabSize);
    for (let i = 0; i < logits.length; i++) {
      const [position, id] = [Math.floor(i / vocabSize), i % vocabSize];
      let sum = 0;
      for (let j = 0; j < hiddenSize; j++)
        sum += hidden[position * hiddenSize + j]! * u[id * hiddenSize + j]!;
      logits[i] = sum;
    }
    return logits;
  } finally {
    model.close();
  }
}

/** The largest difference, relative to the largest expected number. */
export function worstOff(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  assert.equal(found.length, expected.length);
  let [off, size] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    // Written so that NaN is detected.
    const difference = Math.abs(found[i]! - expected[i]!);
    if (!(difference <= off)) off = difference;
    size = Math.max(size, Math.abs(expected[i]!));
  }
  return off / size;
}

export function assertClose(
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what = '',
): void {
  const off = worstOff(found, expected);
  assert.ok(off <= tolerance, `${what} off by ${off} of the largest number, not ${tolerance}`);
}
