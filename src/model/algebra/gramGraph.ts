import type { OnnxModel } from '../onnx/writer';
import { cast, model, node, split, type Constants, type ElementName, type Values } from './graphBuilder';
import { panelShapes, panelWidth, type PanelShape } from './columnPanels';

/** Dimensions of one product, in whole panels: fast, with little computed above the diagonal. */
const partSize = 2 * panelWidth;

/** A range of hidden dimensions. */
export interface GramPart extends PanelShape {
  readonly index: number;
}

/** The ranges whose products make up the Gram matrix. */
export function gramParts(hiddenSize: number): GramPart[] {
  return panelShapes(hiddenSize, partSize).map((shape, index) => ({ ...shape, index }));
}

/** The product of two parts: a block of the lower triangle; blocks on the diagonal are computed whole. */
export interface GramBlock {
  readonly name: string;
  readonly row: GramPart;
  readonly column: GramPart;
}

export function gramBlocks(hiddenSize: number): GramBlock[] {
  const parts = gramParts(hiddenSize);
  return parts.flatMap((row) =>
    parts.slice(0, row.index + 1).map((column) => ({ name: `${row.index}_${column.index}`, row, column })),
  );
}

/**
 * Adds the lower triangle of (x − shift)ᵀ(x − shift) over a tile's tokens to the sum of earlier tiles: `y` = `c` + product,
 * block by block. `sum` is Σ(x − shift), part by part.
 *
 * The tile is one input `x0` if its rows are tokens, otherwise one per part: `x0`, `x1`, …, which avoids a copy. The same
 * holds for the shift.
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
    ...blocks.flatMap(({ name, row, column }) => [
      node('Gemm', [`p${row.index}`, `p${column.index}`], `g${name}`, {
        [tokensFirst ? 'transA' : 'transB']: 1,
      }),
      // Not as the third operand of Gemm, where each step would be rounded at the magnitude of the whole sum.
      node('Add', [`c${name}`, `g${name}`], `y${name}`),
    ]),
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
