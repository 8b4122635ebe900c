import type { OnnxModel, OnnxNode } from '../onnx/onnxWriter';
import { cast, model, node, split, type Constants, type ElementName, type Values } from './graphBuilder';
import { panelShapes, panelWidth, type PanelShape } from './panels';

/** Dimensions of one product, two panels: fast, and not much above the diagonal is computed. */
const partSize = 2 * panelWidth;

/** Parts of the hidden dimensions: the Gram matrix is made of their products. */
export function gramParts(hiddenSize: number): PanelShape[] {
  return panelShapes(hiddenSize, partSize);
}

/** Where two panels meet: a block of the lower half. */
export interface GramBlock {
  readonly name: string;
  /** Numbers of the panels. */
  readonly row: number;
  readonly column: number;
}

export function gramBlocks(hiddenSize: number): GramBlock[] {
  return lowerHalf(panelShapes(hiddenSize).length);
}

function lowerHalf(size: number): GramBlock[] {
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: row + 1 }, (_, column) => ({ row, column, name: `${row}_${column}` })),
  ).flat();
}

/**
 * Adds the lower half of (x − shift)ᵀ(x − shift) over a tile's tokens to what earlier tiles gave: `y` = `c` + product in
 * double precision, block by block. `sum` is Σ(x − shift), part by part.
 *
 * The tile is one input `x0` if its rows are tokens, otherwise one for each part: `x0`, `x1`, …, which spares a copy. So
 * is the shift.
 */
export function gramGraph(type: ElementName, tokensFirst: boolean, hiddenSize: number): OnnxModel {
  const parts = gramParts(hiddenSize);
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
    ...lowerHalf(parts.length).flatMap(({ row, column, name }) => [
      node('Gemm', [`p${row}`, `p${column}`], `g${name}`, tokensFirst ? { transA: 1 } : { transB: 1 }),
      ...addedBlocks(`g${name}`, panelsOf(parts[row]!), panelsOf(parts[column]!), constants),
    ]),
  ];
  const blocks = gramBlocks(hiddenSize).map(({ name }) => name);
  const values = (letter: string, ends: Iterable<string | number>, element: ElementName): Values =>
    Object.fromEntries(Array.from(ends, (end) => [`${letter}${end}`, element]));
  return model(
    {
      ...values('x', tiles.keys(), type),
      ...values('shift', tiles.keys(), 'float32'),
      ...values('c', blocks, 'float64'),
    },
    { ...values('sum', names.keys(), 'float32'), ...values('y', blocks, 'float64') },
    nodes,
    constants,
  );
}

/** Cuts the product of two parts where panels meet, and adds what is not above the diagonal. */
function addedBlocks(
  product: string,
  rows: readonly Panel[],
  columns: readonly Panel[],
  constants: Constants,
): OnnxNode[] {
  const strips = rows.map(({ index }) => `${product}_${index}`);
  const heights = rows.map(({ size }) => size);
  const widths = columns.map(({ size }) => size);
  const cutRows = rows.flatMap(({ index: row }, i) => {
    const blocks = columns.map(({ index }) => `${row}_${index}`);
    const cells = blocks.map((block) => `d${block}`);
    const lower = blocks.filter((_, j) => columns[j]!.index <= row);
    return [split(strips[i]!, cells, 1, widths, constants), ...lower.flatMap(added)];
  });
  return [split(product, strips, 0, heights, constants), ...cutRows];
}

function added(block: string): OnnxNode[] {
  return [
    cast(`d${block}`, `double${block}`, 'float64'),
    node('Add', [`c${block}`, `double${block}`], `y${block}`),
  ];
}

interface Panel {
  readonly index: number;
  readonly size: number;
}

/** The panels that a part consists of. */
function panelsOf({ start, columns }: PanelShape): Panel[] {
  return panelShapes(columns).map((panel) => ({
    index: (start + panel.start) / panelWidth,
    size: panel.columns,
  }));
}
