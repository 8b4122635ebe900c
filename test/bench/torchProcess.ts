import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { resultDocument } from '../../src/export/resultDocument';
import type { InnerProduct } from '../../src/protocol/geometryResult';
import { dataFile, hiddenSize, vocabSize, type HeadForm } from './headForms';

const script = join(__dirname, 'torchProbe.py');
export const torchPython = process.env['CONCEPT_PROBE_TORCH_PYTHON'] ?? 'python3';

/** The output of torchProbe.py. */
export interface TorchNumbers {
  readonly meanCosine: readonly number[];
  readonly leaveOneOut: readonly (readonly number[])[];
  readonly directions: readonly (readonly number[])[];
  /** Without starting Python and importing PyTorch. */
  readonly seconds: number;
  readonly peakBytes: number;
}

/** PyTorch's version and threads; null if this machine's Python does not have PyTorch. */
export function torchVersion(): string | null {
  const code = 'import torch, numpy; print(torch.__version__, torch.get_num_threads())';
  const { status, stdout } = spawnSync(torchPython, ['-c', code], { encoding: 'utf8' });
  const [version, threads] = status === 0 ? stdout.trim().split(' ') : [];
  return version === undefined ? null : `PyTorch ${version}, ${threads ?? '?'} threads`;
}

/** One cold run. @param pairsFile see torchProbe.py @throws Error if it fails */
export function runTorch(
  form: HeadForm,
  folder: string,
  pairsFile: string,
  product: InnerProduct,
): TorchNumbers {
  const data = join(folder, 'onnx', dataFile);
  const args = [script, data, form.element, form.layout, `${vocabSize}`, `${hiddenSize}`, pairsFile, product];
  const { status, stdout, stderr } = spawnSync(torchPython, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`torchProbe.py failed for ${form.name}: ${stderr}`);
  return JSON.parse(stdout) as TorchNumbers;
}

/**
 * The largest difference between Concept Probe's numbers in one inner product and PyTorch's, to verify that both computed
 * the same.
 */
export function largestDifference(
  { concepts, directions }: ReturnType<typeof resultDocument>,
  product: InnerProduct,
  torch: TorchNumbers,
): number {
  const ours = concepts.flatMap((concept) => {
    const { meanCosine, leaveOneOut } = concept[product]!;
    return [meanCosine, ...leaveOneOut.cosines];
  });
  const theirs = torch.meanCosine.flatMap((mean, i) => [mean, ...torch.leaveOneOut[i]!]);
  const all = [...ours, ...directions[product]!.cosine.flat()];
  const other = [...theirs, ...torch.directions.flat()];
  return Math.max(...all.map((value, i) => Math.abs((value ?? NaN) - (other[i] ?? NaN))));
}
