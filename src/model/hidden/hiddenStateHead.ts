import { findHead, type Head } from '../head/head';
import type { ByteSource } from '../onnx/byteSource';
import { readOnnxGraph } from '../onnx/readOnnxGraph';
import { textBranch } from './branch';

/** The head behind texts without a past: of a merged decoder the one of that branch. @throws ModelError */
export function textHead(source: ByteSource, head: Head): Head {
  if (!head.insideBranch) return head;
  const names = { chosen: head.logits, configured: null };
  return findHead(readOnnxGraph(source), source.label, textBranch, names);
}
