import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { resultDocument } from '../../src/export/resultDocument';
import type { InnerProduct } from '../../src/protocol/geometryResult';
import { dataFile, hiddenSize, vocabSize, type HeadForm } from './headForms';

const script = join(__dirname, 'torchProbe.py');
export const torchPython = process.env['CONCEPT_PROBE_TORCH_PYTHON'] ?? 'python3';

export type ProbeDocument = ReturnType<typeof resultDocument>;

/** The output of torchProbe.py. */
export interface TorchNumbers {
  readonly meanCosine: readonly number[];
  readonly leaveOneOut: readonly (readonly number[])[];
  readonly directions: readonly (readonly number[])[];
  /** Without starting Python and importing PyTorch. */
  readonly seconds: number;
  readonly peakBytes: number;
}

/**
 * PyTorch's version and threads; null if this machine's Python does not have PyTorch.
 * @param further another package that has to be there
 */
export function torchVersion(further = 'numpy'): string | null {
  const code = `import torch, ${further}; print(torch.__version__, torch.get_num_threads())`;
  const { status, stdout } = spawnSync(torchPython, ['-c', code], { encoding: 'utf8' });
  const [version, threads] = status === 0 ? stdout.trim().split(' ') : [];
  return version === undefined ? null : `PyTorch ${version}, ${threads ?? '?'} threads`;
}

/** What torchProbe.py reads: the raw matrix of an ONNX form, or a safetensors file. */
export interface TorchHead {
  readonly name: string;
  readonly path: string;
  readonly element: HeadForm['element'] | 'safetensors';
  readonly layout: HeadForm['layout'];
}

export function torchHead(form: HeadForm, folder: string): TorchHead {
  return { ...form, path: join(folder, 'onnx', dataFile) };
}

/** Writes the token ids of a document's kept pairs. */
export function writePairIds({ concepts }: ProbeDocument, pairsFile: string): void {
  const kept = concepts.map(({ pairs }) => pairs.filter(({ status }) => status === 'kept'));
  const ids = kept.map((pairs) => pairs.map(({ baseIds, targetIds }) => [baseIds[0], targetIds[0]]));
  writeFileSync(pairsFile, JSON.stringify(ids));
}

/** One cold run. @param pairsFile see torchProbe.py @throws Error if it fails */
export function runTorch(head: TorchHead, pairsFile: string, product: InnerProduct): TorchNumbers {
  const { path, element, layout } = head;
  const args = [script, path, element, layout, `${vocabSize}`, `${hiddenSize}`, pairsFile, product];
  const { status, stdout, stderr } = spawnSync(torchPython, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`torchProbe.py failed for ${head.name}: ${stderr}`);
  return JSON.parse(stdout) as TorchNumbers;
}

/**
 * The largest difference between Concept Probe's numbers in one inner product and PyTorch's, to verify that both computed
 * the same.
 */
export function largestDifference(
  { concepts, directions }: ProbeDocument,
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
