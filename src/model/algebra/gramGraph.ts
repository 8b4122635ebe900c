import type { OnnxModel } from '../onnx/onnxWriter';
import { cast, model, node, split, type Constants, type ElementName, type Values } from './graphBuilder';
import { panelShapes, type PanelShape } from './panels';

/** Dimensions of one product: fast, and not much above the diagonal is computed. */
const partSize = 512;

/** Parts of the hidden dimensions: the Gram matrix is made of their products. */
export function gramParts(hiddenSize: number): PanelShape[] {
  return panelShapes(hiddenSize, partSize);
}

/** The product of two parts: a block of the lower half, its diagonal blocks whole. */
export interface GramBlock {
  readonly name: string;
  readonly row: PanelShape;
  readonly column: PanelShape;
}

export function gramBlocks(hiddenSize: number): GramBlock[] {
  const parts = gramParts(hiddenSize);
  return parts.flatMap((row, i) =>
    parts.slice(0, i + 1).map((column, j) => ({ name: `${i}_${j}`, row, column })),
  );
}

/**
 * Adds the lower half of (x − shift)ᵀ(x − shift) over a tile's tokens to what earlier tiles gave: `y` = `c` + product,
 * block by block. `sum` is Σ(x − shift), part by part.
 *
 * The tile is one input `x0` if its rows are tokens, otherwise one for each part: `x0`, `x1`, …, which spares a copy. So
 * is the shift.
 */
export function gramGraph(type: ElementName, tokensFirst: boolean, hiddenSize: number): OnnxModel {
  const parts = gramParts(hiddenSize);
  const blocks = gramBlocks(hiddenSize);
  const constants: Constants = new Map([['axis', [tokensFirst ? 0 : 1]]]);
  const names = parts.map((_, i) => `p${i}`);
  const sizes = parts.map(({ columns }) => columns);
  const tiles = tokensFirst ? ['all'] : names;
  const nodes = [
    ...tiles.flatMap((tile, i) => [
      cast(`x${i}`, `single${i}`, 'float32'),
      node('Sub', [`single${i}`, `shift${i}`], tile),
    ]),
    ...(tokensFirst ? [split('all', names, 1, sizes, constants)] : []),
    ...names.map((name, i) => node('ReduceSum', [name, 'axis'], `sum${i}`, { keepdims: 0 })),
    ...blocks.flatMap(({ name }) => {
      const [row, column] = name.split('_');
      // Not as the product's own third operand: within it every step would be rounded at the size of the whole sum.
      const transposed = tokensFirst ? { transA: 1 } : { transB: 1 };
      return [
        node('Gemm', [`p${row}`, `p${column}`], `g${name}`, transposed),
        node('Add', [`c${name}`, `g${name}`], `y${name}`),
      ];
    }),
  ];
  const values = (letter: string, ends: Iterable<string | number>, element: ElementName): Values =>
    Object.fromEntries(Array.from(ends, (end) => [`${letter}${end}`, element]));
  const ends = blocks.map(({ name }) => name);
  return model(
    {
      ...values('x', tiles.keys(), type),
      ...values('shift', tiles.keys(), 'float32'),
      ...values('c', ends, 'float32'),
    },
    { ...values('sum', names.keys(), 'float32'), ...values('y', ends, 'float32') },
    nodes,
    constants,
  );
}
