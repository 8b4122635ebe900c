import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { dataFile, hiddenSize, vocabSize, type HeadForm } from './headForms';

const python = process.env['CONCEPT_PROBE_TORCH_PYTHON'] ?? 'python3';

/** What torchProbe.py prints. */
export interface TorchNumbers {
  readonly meanCosine: readonly number[];
  readonly leaveOneOut: readonly (readonly number[])[];
  readonly directions: readonly (readonly number[])[];
  /** Without starting Python and importing PyTorch. */
  readonly seconds: number;
  readonly peakBytes: number;
}

/** PyTorch's version and threads; null where this machine's Python has none. */
export function torchVersion(): string | null {
  const code = 'import torch, numpy; print(torch.__version__, torch.get_num_threads())';
  const { status, stdout } = spawnSync(python, ['-c', code], { encoding: 'utf8' });
  const [version, threads] = status === 0 ? stdout.trim().split(' ') : [];
  return version === undefined ? null : `PyTorch ${version}, ${threads ?? '?'} threads`;
}

/** One cold run of a script beside this file. @param pairsFile see torchProbe.py @throws Error if it fails */
export function runTorch(
  form: HeadForm,
  folder: string,
  pairsFile: string,
  script = 'torchProbe.py',
): TorchNumbers {
  const data = join(folder, 'onnx', dataFile);
  const args = [
    join(__dirname, script),
    data,
    form.element,
    form.layout,
    `${vocabSize}`,
    `${hiddenSize}`,
    pairsFile,
  ];
  const { status, stdout, stderr } = spawnSync(python, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${script} failed for ${form.name}: ${stderr}`);
  return JSON.parse(stdout) as TorchNumbers;
}
