import { ModelError } from '../../errors';
import type { ByteSource } from '../storage/byteSource';

/** The tag of a bytes field with number 3, which onnx.proto reserves in a graph, so that ONNX Runtime skips it. */
export const skippedTag = 0x1a;

/** Checks that the tag of a node, input or output takes one byte, as in every serializer. @throws ModelError otherwise */
export function checkedTag(source: ByteSource, tag: number): number {
  if ([0x0a, 0x5a, 0x62].includes(source.byte(tag))) return tag;
  throw new ModelError(`${source.label} has an unusual encoding at byte ${tag}; export it again.`);
}
