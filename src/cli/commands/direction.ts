import { join } from 'node:path';
import { version } from '../../../package.json';
import { UsageError } from '../../errors';
import { npyFile } from '../../export/npy';
import {
  directionControlVector,
  directionMetadata,
  directionVectors,
  safetensorsFile,
  type SteeredLayers,
} from '../../export/steeringFiles';
import { formatCount } from '../../format/numbers';
import { plural } from '../../format/plural';
import { matrix } from '../../geometry/matrix';
import type { DirectionResult } from '../../protocol/vocabularyResult';
import { defineCommand } from '../command';
import { readConceptInputs } from '../conceptInputs';
import { requiredConcept } from '../options/axisOptions';
import { conceptFiles, conceptOptions, conceptsOf } from '../options/conceptOptions';
import { geometryOf, geometryOptions, productsOption } from '../options/geometryOptions';
import { progressOf } from '../output';
import { writeResult } from '../writeResult';

export const command = defineCommand({
  name: 'direction',
  summary: 'Write a concept direction and its causal dual, for steering, in one or several file formats',
  inputs: conceptFiles,
  options: {
    concept: requiredConcept,
    npy: { type: 'string', placeholder: 'DIR', help: 'Write a folder with a NumPy file for each vector' },
    safetensors: {
      type: 'string',
      placeholder: 'FILE',
      help: 'Write unembedding_direction and causal_dual in one file',
    },
    gguf: {
      type: 'string',
      placeholder: 'FILE',
      help: 'Write a control vector for llama.cpp from the causal dual',
    },
    layers: {
      type: 'string',
      placeholder: 'N|N-M',
      help: 'Blocks that the control vector steers, such as 31 or 20-31 (default: the last one)',
      read: layerRange,
    },
    ...productsOption,
    ...geometryOptions,
    ...conceptOptions,
  },
  async run(given, { methods, output }) {
    const { concept, product: products, seed, layers } = given.values;
    const { npy = null, safetensors = null, gguf = null } = given.values;
    const settings = geometryOf(given.values);
    const chosen = conceptsOf(given);
    if (npy === null && safetensors === null && gguf === null)
      throw new UsageError('direction needs --npy DIR, --safetensors FILE or --gguf FILE.');
    if (layers !== undefined && gguf === null) throw new UsageError('--layers applies only to --gguf FILE.');
    const { concepts, notes, tokens } = await readConceptInputs(chosen, methods);
    notes.forEach(output.note);
    const { model } = chosen;
    const request = { model, concepts, tokens, seed, settings, products, concept };
    const result = await methods.direction(request, progressOf(output));
    output.progress(null);
    await writeFiles(result, { npy, safetensors, gguf, layers });
    const vectors = directionVectors(result);
    const size = formatCount(vectors[0]!.values.length);
    const names = vectors.map(({ name }) => name).join(', ');
    const written = [npy, safetensors, gguf].filter((path) => path !== null).join(', ');
    output.print(
      `${concept}: ${names} of ${plural(result.pairs, 'pair')}, ${size} values each\nWrote ${written}\n`,
    );
  },
});

interface Targets {
  readonly npy: string | null;
  readonly safetensors: string | null;
  readonly gguf: string | null;
  readonly layers: SteeredLayers | undefined;
}

async function writeFiles(
  result: DirectionResult,
  { npy, safetensors, gguf, layers }: Targets,
): Promise<void> {
  const vectors = directionVectors(result);
  // Created before anything is written, so that an error does not leave half of the files.
  const control = gguf === null ? null : directionControlVector(result, version, layers);
  if (npy !== null) {
    for (const { name, values } of vectors)
      await writeResult(join(npy, `${name}.npy`), npyFile(matrix(1, values.length, values)));
  }
  if (safetensors !== null)
    await writeResult(safetensors, safetensorsFile(vectors, directionMetadata(result, version)));
  if (gguf !== null && control !== null) await writeResult(gguf, control);
}

/** More than any model has. */
const mostLayers = 10_000;

/** `31`, or `20-31`: blocks of the model, from 1. */
function layerRange(text: string, option: string): SteeredLayers {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/u.exec(text) ?? [];
  const layers = { first: Number(first), last: Number(last) };
  if (first === undefined || layers.first < 1 || layers.last < layers.first || layers.last > mostLayers)
    throw new UsageError(
      `${option} needs a block number from 1, such as 31, or a range, such as 20-31, not “${text}”.`,
    );
  return layers;
}
