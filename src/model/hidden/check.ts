import { join } from 'node:path';
import { ByteSource } from '../storage/byteSource';
import { elementTypeName } from '../onnx/tensor';
import { readOnnxGraph } from '../onnx/readOnnxGraph';
import { checkInputs } from './inputs';
import { graphPatch } from './graphPatch';
import { decoderSettings } from './settings';
import { textHead } from './hiddenStateHead';
import type { Model } from '../model';

/**
 * Checks, without running the model, that the file computes hidden states from token ids and other known inputs.
 *
 * @throws ModelError with the reason if it does not
 */
export function checkHiddenStates(model: Model): void {
  const { path, name, file } = model.folder;
  const head = model.onnxHead;
  const label = `${name}/${file}`;
  const source = new ByteSource(join(path, file), label);
  try {
    const { inputs } = graphPatch(source, textHead(source, head), false);
    const { values, initializers } = readOnnxGraph(source);
    const given = inputs.filter((input) => !initializers.has(input));
    const stated = given.map((input) => {
      const { dataType = 0, shape = null } = values.get(input) ?? {};
      return { name: input, type: elementTypeName(dataType), shape };
    });
    checkInputs(stated, decoderSettings(model.folder), label);
  } finally {
    source.close();
  }
}
