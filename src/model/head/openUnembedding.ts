import type { ByteSource } from '../storage/byteSource';
import { readOnnxGraph } from '../onnx/readOnnxGraph';
import { unsupportedHead } from '../storage/refusalText';
import type { LogitsNames } from './logitsOutput';
import { findHead, type Head, type HeadPart, type OnnxHead } from './head';
import { Unembedding } from './unembedding';

/** Number of rows compared: two different heads differ everywhere. */
const comparedRows = 16;

/**
 * Finds the LM head of an open ONNX file and opens its rows for reading.
 *
 * @throws ModelError if the LM head cannot be read, or the model has two different ones
 */
export function openUnembedding(file: ByteSource, modelFolder: string, names?: LogitsNames): Unembedding {
  const graph = readOnnxGraph(file);
  const head = findHead(graph, file.label, 'then_branch', names);
  const unembedding = new Unembedding(head, file, modelFolder);
  try {
    if (head.insideBranch)
      refuseOtherHead(unembedding, findHead(graph, file.label, 'else_branch', names), file, modelFolder);
    return unembedding;
  } catch (error) {
    unembedding.close();
    throw error;
  }
}

/** The branches of a merged decoder differ only in their caches. Different heads would be ambiguous. */
function refuseOtherHead(
  unembedding: Unembedding,
  other: OnnxHead,
  file: ByteSource,
  modelFolder: string,
): void {
  const { head } = unembedding;
  if (sameParts(other.parts, head.parts)) return;
  const otherUnembedding = new Unembedding(other, file, modelFolder);
  const areSame = sameRows(unembedding, otherUnembedding);
  otherUnembedding.close();
  if (!areSame)
    throw unsupportedHead(
      file.label,
      'If whose branches have different heads',
      'export the model without merging its decoders',
    );
}

function sameParts(a: readonly HeadPart[], b: readonly HeadPart[]): boolean {
  const isSame = (one: HeadPart, other: HeadPart | undefined): boolean =>
    one.weight.values.tensor === other?.weight.values.tensor &&
    one.layout === other.layout &&
    one.first === other.first &&
    one.tokens === other.tokens;
  return a.length === b.length && a.every((part, i) => isSame(part, b[i]));
}

function sameRows(one: Unembedding, other: Unembedding): boolean {
  if (!sameShape(one.head, other.head)) return false;
  const { vocabSize } = one.head;
  const count = Math.min(comparedRows, vocabSize);
  const ids = Array.from({ length: count }, (_, i) => Math.floor((i * vocabSize) / count));
  const rows = other.rows(ids).data;
  return one.rows(ids).data.every((value, i) => value === rows[i]);
}

function sameShape(a: Head, b: Head): boolean {
  return a.vocabSize === b.vocabSize && a.hiddenSize === b.hiddenSize;
}
