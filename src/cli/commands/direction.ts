import { join } from 'node:path';
import { version } from '../../package.json';
import type { DirectionChoice } from '../geometry/conceptDirection';
import { matrix } from '../geometry/matrix';
import type { EngineMethods } from '../engine/engineMethods';
import { npyFile } from '../export/npy';
import {
  directionControlVector,
  directionMetadata,
  directionVectors,
  safetensorsFile,
  type SteeredLayers,
} from '../export/steeringFiles';
import { formatCount, plural } from '../format/numbers';
import type { InnerProduct } from '../protocol/geometryResult';
import { readConceptInputs, type ConceptOptions } from './conceptInputs';
import type { Output } from './output';
import { writeResult } from './writeResult';

export interface DirectionOptions extends ConceptOptions {
  readonly seed: number;
  readonly direction: DirectionChoice;
  readonly ridge: number | null;
  readonly allRows: boolean;
  readonly products: readonly InnerProduct[];
  readonly concept: string;
  /** A folder for a file per vector. */
  readonly npy: string | null;
  readonly safetensors: string | null;
  readonly gguf: string | null;
  /** Of the control vector; null for the last one. */
  readonly layers: SteeredLayers | null;
}

/** `concept-probe direction`: a concept's direction and its causal dual, for steering. @throws UserError */
export async function directionCommand(
  options: DirectionOptions,
  methods: EngineMethods,
  output: Output,
): Promise<void> {
  const { model, seed, direction, ridge, allRows, products, concept } = options;
  const { concepts, notes, tokens } = await readConceptInputs(options, methods);
  notes.forEach(output.note);
  const result = await methods.direction(
    { model, concepts, tokens, seed, settings: { direction, ridge, allRows }, products, concept },
    ({ message }) => {
      output.progress(message);
    },
  );
  output.progress(null);
  const { npy, safetensors, gguf, layers } = options;
  const vectors = directionVectors(result);
  // Made before anything is written: what cannot be made must not leave half of the files.
  const control = gguf === null ? null : directionControlVector(result, version, layers ?? undefined);
  if (npy !== null) {
    for (const { name, values } of vectors)
      await writeResult(join(npy, `${name}.npy`), npyFile(matrix(1, values.length, values)));
  }
  if (safetensors !== null)
    await writeResult(safetensors, safetensorsFile(vectors, directionMetadata(result, version)));
  if (gguf !== null && control !== null) await writeResult(gguf, control);
  const size = formatCount(vectors[0]!.values.length);
  const names = vectors.map(({ name }) => name).join(', ');
  const written = [npy, safetensors, gguf].filter((path) => path !== null).join(', ');
  output.print(
    `${concept}: ${names} of ${plural(result.pairs, 'pair')}, ${size} values each\nWrote ${written}\n`,
  );
}
