import type { HeadForm } from './headForms';
import { median, table } from './timing';

/** Measurements for one head, one number per run. */
export interface ColdFigures {
  readonly seconds: number[];
  readonly peaks: number[];
  readonly torchSeconds: number[];
  /** Without starting Python and importing PyTorch. */
  readonly torchInnerSeconds: number[];
  readonly torchPeaks: number[];
  /** Each the largest difference between Concept Probe's numbers and PyTorch's. */
  readonly differences: number[];
}

export function emptyFigures(): ColdFigures {
  return { seconds: [], peaks: [], torchSeconds: [], torchInnerSeconds: [], torchPeaks: [], differences: [] };
}

const ourHead = ['head', 'cold probe', 'target', 'peak memory', 'target'];
const torchHead = ['PyTorch', '÷ ours', 'after imports', '÷ ours', 'peak memory', 'largest difference'];
const memoryTarget = 250e6;

/** @param torch its description; null without PyTorch */
export function coldReport(
  figures: ReadonlyMap<HeadForm, ColdFigures>,
  nodeSeconds: number,
  torch: string | null,
): string {
  const rows = [...figures].map(([form, one]) => [
    form.name,
    `${median(one.seconds).toFixed(3)} s`,
    `${form.target} s`,
    megabytes(Math.max(...one.peaks)),
    megabytes(memoryTarget),
    ...(torch === null ? [] : torchCells(one)),
  ]);
  return [
    `Node ${process.version}, of whose time ${nodeSeconds.toFixed(3)} s are Node's own start and end`,
    torch ?? 'PyTorch is not here (CONCEPT_PROBE_TORCH_PYTHON names a Python that has it): no ratio to it.',
    table(torch === null ? ourHead : [...ourHead, ...torchHead], rows),
  ].join('\n');
}

function torchCells(one: ColdFigures): string[] {
  const ours = median(one.seconds);
  const [whole, inner] = [median(one.torchSeconds), median(one.torchInnerSeconds)];
  const ratio = (seconds: number): string => `${(seconds / ours).toFixed(1)} ×`;
  return [
    `${whole.toFixed(2)} s`,
    ratio(whole),
    `${inner.toFixed(2)} s`,
    ratio(inner),
    megabytes(Math.max(...one.torchPeaks)),
    Math.max(...one.differences).toExponential(0),
  ];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
