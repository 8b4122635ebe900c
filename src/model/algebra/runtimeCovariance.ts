import type { RowSet } from '../head/rowSet';
import type { HeadTile, Unembedding } from '../head/unembedding';
import type { Covariance } from './algebra';
import type { ElementName } from './graphBuilder';
import { gramBlocks, gramGraph, gramParts, type GramBlock } from './gramGraph';
import type { GraphRunner, Operand } from './graphRunner';
import { headPass, refuseInfinite, roughMean } from './headPass';
import { emptyPanels, panelShapes, type Panels } from './columnPanels';
import { centered } from './plainAlgebra';

type Operands = Readonly<Record<string, Operand>>;

/** See {@link Algebra.covariance}. Every tile adds to the same memory, which is both the input `c…` and the output `y…`. */
export async function runtimeCovariance(
  runner: GraphRunner,
  unembedding: Unembedding,
  rows: RowSet,
  progress: (share: number) => void,
): Promise<Covariance> {
  const { hiddenSize, layout } = unembedding.head;
  const tokensFirst = layout === '[vocab, hidden]';
  const shift = roughMean(unembedding, rows);
  const blocks = gramBlocks(hiddenSize).map((block) => {
    const dims = [block.row.columns, block.column.columns] as const;
    // Reading memory before it was ever written costs the system twice the work.
    return { ...block, operand: { data: new Float32Array(dims[0] * dims[1]).fill(0), dims } };
  });
  const named = (letter: string): Operands =>
    Object.fromEntries(blocks.map(({ name, operand }) => [letter + name, operand]));
  const tileSum = new Float32Array(hiddenSize);
  const given = { ...named('c'), ...inParts('shift', shift, 1, hiddenSize, tokensFirst) };
  const results = { ...named('y'), ...sums(tileSum) };
  const sum = new Float64Array(hiddenSize);
  for (const tile of headPass(unembedding, rows, progress)) {
    const type = typeName(tile);
    const x = inParts('x', tile.data, tile.tokens, hiddenSize, tokensFirst);
    await runner.run(
      `gram ${type} ${tokensFirst} ${hiddenSize}`,
      () => gramGraph(type, tokensFirst, hiddenSize),
      { ...given, ...x },
      results,
      { keepsMemory: true },
    );
    for (let j = 0; j < hiddenSize; j++) sum[j]! += tileSum[j]!;
  }
  await runner.release();
  refuseInfinite(unembedding, sum);
  return centered(inPanels(blocks, hiddenSize), sum, shift, rows.ids.length);
}

/** The same sums in narrower panels. @param blocks with operands `[row.columns, column.columns]` */
function inPanels(
  blocks: readonly (GramBlock & { readonly operand: Operand })[],
  hiddenSize: number,
): Panels {
  const lower = emptyPanels(hiddenSize, Float32Array);
  for (const { row, column, operand } of blocks) {
    panelShapes(hiddenSize).forEach(({ start, columns }, k) => {
      if (start < column.start || start >= column.start + column.columns) return;
      for (let i = Math.max(row.start, start); i < row.start + row.columns; i++) {
        const from = (i - row.start) * column.columns + start - column.start;
        lower.panels[k]!.set(operand.data.subarray(from, from + columns), (i - start) * columns);
      }
    });
  }
  return lower;
}

export function typeName({ data }: HeadTile): ElementName {
  return data instanceof Float32Array ? 'float32' : 'float16';
}

/** `[tokens, hidden]` as one operand, `[hidden, tokens]` as one operand per part of the hidden dimensions. */
function inParts(
  letter: string,
  data: Float32Array | Uint16Array,
  tokens: number,
  hiddenSize: number,
  tokensFirst: boolean,
): Operands {
  if (tokensFirst) return { [`${letter}0`]: { data, dims: [tokens, hiddenSize] } };
  const parts = gramParts(hiddenSize).map(({ start, columns }, i) => {
    const part = data.subarray(start * tokens, (start + columns) * tokens);
    return [`${letter}${i}`, { data: part, dims: [columns, tokens] }] as const;
  });
  return Object.fromEntries(parts);
}

function sums(data: Float32Array): Operands {
  const parts = gramParts(data.length).map(({ start, columns }, i) => {
    return [`sum${i}`, { data: data.subarray(start, start + columns), dims: [columns] }] as const;
  });
  return Object.fromEntries(parts);
}
