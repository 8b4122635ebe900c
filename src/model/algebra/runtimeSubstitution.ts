import { matrix, row, type Matrix } from '../../geometry/matrix';
import type { CholeskyFactor } from './algebra';
import type { GraphRunner, Operand } from './graphRunner';
import { panelShapes } from './columnPanels';
import { unwhitenGraph, whitenGraph } from './substitutionGraphs';

/** Rows per substitution, to keep intermediate results small. */
const rowsPerRun = 512;

const graphs = { whiten: whitenGraph, unwhiten: unwhitenGraph };

/** Processes the rows of several matrices in batches; see {@link Algebra.whitenAll} and {@link Algebra.unwhiten}. */
export async function substitute(
  runner: GraphRunner,
  direction: keyof typeof graphs,
  factor: CholeskyFactor,
  parts: readonly Matrix[],
): Promise<Matrix[]> {
  const { size, width } = factor;
  const results = parts.map(({ rows }) => matrix(rows, size, new Float32Array(rows * size)));
  const [from, to] = [rowsOf(parts), rowsOf(results)];
  const operands = factorOperands(factor);
  const most = Math.min(Math.max(from.length, 2), rowsPerRun);
  const [given, found] = [new Float32Array(most * size), new Float32Array(most * size)];
  for (let first = 0; first < from.length; first += rowsPerRun) {
    const sources = from.slice(first, first + rowsPerRun);
    // A single row would take another path through ONNX Runtime and differ in its last digits, so two are computed.
    const dims = [Math.max(sources.length, 2), size];
    const length = dims[0]! * size;
    sources.forEach((values, i) => {
      given.set(values, i * size);
    });
    await runner.run(
      `${direction} ${size} ${width}`,
      () => graphs[direction](size, width),
      { x: { data: given.subarray(0, length), dims }, ...operands },
      { y: { data: found.subarray(0, length), dims } },
      { keepsMemory: true },
    );
    sources.forEach((_, i) => {
      to[first + i]!.set(found.subarray(i * size, (i + 1) * size));
    });
  }
  await runner.release();
  return results;
}

function rowsOf(parts: readonly Matrix[]): Matrix['data'][] {
  return parts.flatMap((part) => Array.from({ length: part.rows }, (_, i) => row(part, i)));
}

function factorOperands({ size, width, below, inverses }: CholeskyFactor): Record<string, Operand> {
  const operands: Record<string, Operand> = {};
  panelShapes(size, width).forEach(({ columns, rows }, k) => {
    operands[`d${k}`] = { data: inverses[k]!, dims: [columns, columns] };
    if (rows > columns) operands[`b${k}`] = { data: below[k]!, dims: [rows - columns, columns] };
  });
  return operands;
}
