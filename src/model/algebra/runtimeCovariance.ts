import type { HeadTile, Unembedding } from '../head/unembedding';
import type { Covariance } from './algebra';
import type { ElementName } from './graphBuilder';
import { gramBlocks, gramGraph, gramParts } from './gramGraph';
import type { GraphRunner, Operand } from './graphRunner';
import { headPass, refuseInfinite, roughMean } from './headPass';
import { emptyPanels, panelBlock, panelShapes } from './panels';
import { centered } from './plainAlgebra';

type Operands = Readonly<Record<string, Operand>>;

/** As {@link Algebra.covariance}. Every tile adds to the same memory: what goes in as `c…` comes out as `y…`. */
export async function runtimeCovariance(
  runner: GraphRunner,
  unembedding: Unembedding,
  progress: (share: number) => void,
): Promise<Covariance> {
  const { vocabSize, hiddenSize, layout } = unembedding.head;
  const tokensFirst = layout === '[vocab, hidden]';
  const shift = roughMean(unembedding);
  const lower = emptyPanels(hiddenSize);
  // Memory that is read before it was ever written costs the system twice the work.
  for (const panel of lower.panels) panel.fill(0);
  const shapes = panelShapes(hiddenSize);
  const blocks = gramBlocks(hiddenSize).map(({ row, column, name }) => {
    const dims = [shapes[row]!.columns, shapes[column]!.columns];
    return { name, operand: { data: panelBlock(lower, row, column), dims } };
  });
  const named = (letter: string): Operands =>
    Object.fromEntries(blocks.map(({ name, operand }) => [letter + name, operand]));
  const tileSum = new Float32Array(hiddenSize);
  const given = { ...named('c'), ...inParts('shift', shift, 1, hiddenSize, tokensFirst) };
  const results = { ...named('y'), ...sums(tileSum) };
  const sum = new Float64Array(hiddenSize);
  for (const tile of headPass(unembedding, progress)) {
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
  return centered(lower, sum, shift, vocabSize);
}

export function typeName({ data }: HeadTile): ElementName {
  return data instanceof Float32Array ? 'float32' : 'float16';
}

/** `[tokens, hidden]` as one operand, `[hidden, tokens]` as one for each part of the hidden dimensions. */
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
