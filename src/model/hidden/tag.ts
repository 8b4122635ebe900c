import { ModelError } from '../../errors';
import type { ByteSource } from '../onnx/byteSource';

/** The tag of a bytes field with number 3, which onnx.proto reserves in a graph: ONNX Runtime skips it. */
export const hiddenTag = 0x1a;

/** Tags of nodes, inputs and outputs are one byte, however a serialiser writes the rest. @throws ModelError otherwise */
export function checkedTag(source: ByteSource, tag: number): number {
  if ([0x0a, 0x5a, 0x62].includes(source.byte(tag))) return tag;
  throw new ModelError(`${source.label} is written as no exporter does (byte ${tag}); export it again.`);
}
