import { findHead, type OnnxHead } from '../head/head';
import type { ByteSource } from '../storage/byteSource';
import { readOnnxGraph } from '../onnx/readOnnxGraph';
import { textBranch } from './textBranch';

/**
 * The head for texts without a key-value cache; in a merged decoder, that of the corresponding branch. @throws ModelError if
 * it cannot be found
 */
export function textHead(source: ByteSource, head: OnnxHead): OnnxHead {
  if (!head.insideBranch) return head;
  const names = { chosen: head.logits, configured: null };
  return findHead(readOnnxGraph(source), source.label, textBranch, names);
}
