import type { OnnxModel, OnnxNode } from '../onnx/writer';
import { minusProduct, model, node, split, type Constants, type Values } from './graphBuilder';
import { panelShapes } from './columnPanels';

/** Names of the inputs that hold a factor: `b0`, `b1`, … below the diagonal blocks, `d0`, `d1`, … their inverses. */
function factorInputs(panels: number): Values {
  const names = Array.from({ length: panels }, (_, k) =>
    k === panels - 1 ? [`d${k}`] : [`b${k}`, `d${k}`],
  ).flat();
  return Object.fromEntries(names.map((name) => [name, 'float32']));
}

/** Forward substitution of rows `x`: z = L⁻¹x for each. */
export function whitenGraph(size: number, width: number): OnnxModel {
  const shapes = panelShapes(size, width);
  const constants: Constants = new Map();
  const nodes = shapes.flatMap(({ columns, rows }, k): OnnxNode[] => {
    const rest = k === 0 ? 'x' : `rest${k}`;
    if (rows === columns) return [node('Gemm', [rest, `d${k}`], `z${k}`, { transB: 1 })];
    return [
      split(rest, [`head${k}`, `tail${k}`], 1, [columns, rows - columns], constants),
      node('Gemm', [`head${k}`, `d${k}`], `z${k}`, { transB: 1 }),
      minusProduct([`z${k}`, `b${k}`, `tail${k}`], `rest${k + 1}`, 'transB'),
    ];
  });
  const z = shapes.map((_, k) => `z${k}`);
  const inputs: Values = { x: 'float32', ...factorInputs(shapes.length) };
  return model(inputs, { y: 'float32' }, [...nodes, node('Concat', z, 'y', { axis: 1 })], constants);
}

/** Back substitution of rows `x`: w = L⁻ᵀx for each. */
export function unwhitenGraph(size: number, width: number): OnnxModel {
  const shapes = panelShapes(size, width);
  const constants: Constants = new Map();
  const parts = shapes.map((_, k) => `x${k}`);
  const sizes = shapes.map(({ columns }) => columns);
  // done_k = w of all columns from panel k on
  const nodes = [...shapes.entries()].reverse().flatMap(([k, { rows, columns }]): OnnxNode[] => {
    if (rows === columns) return [node('Gemm', [`x${k}`, `d${k}`], `done${k}`)];
    return [
      minusProduct([`done${k + 1}`, `b${k}`, `x${k}`], `left${k}`),
      node('Gemm', [`left${k}`, `d${k}`], `w${k}`),
      node('Concat', [`w${k}`, `done${k + 1}`], `done${k}`, { axis: 1 }),
    ];
  });
  const inputs: Values = { x: 'float32', ...factorInputs(shapes.length) };
  const first = split('x', parts, 1, sizes, constants);
  return model(inputs, { y: 'float32' }, [first, ...nodes, node('Identity', ['done0'], 'y')], constants);
}
