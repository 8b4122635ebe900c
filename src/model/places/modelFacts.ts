import { basename, dirname, join } from 'node:path';
import { partsOf } from '../gguf/splitFiles';
import { isObject } from '../isObject';
import { orUndefined } from '../orUndefined';
import { openModelFolder, type ModelFolder } from '../modelFolder';
import type { WeightFormat } from '../../protocol/weightFormat';
import { formatOf } from '../weightFormat';
import { precisionInName } from '../weightPrecision';
import { glimpseCheckpoint } from './checkpointGlance';
import { glanceAtGguf } from './ggufGlance';
import { leadsInside } from './reading';
import { statsOf } from '../storage/paths';

/** What a list shows of a model. */
export interface ModelFacts {
  readonly bytes: number;
  readonly format: WeightFormat;
  readonly precision: string | null;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

/** Of GGUF files: models of embeddings, of images and of sound, and encoders, as llama.cpp calls them. */
const otherGguf =
  /^(?:clip|.*bert.*|t5encoder|gemma-embedding|llama-embed|wavtokenizer-dec|whisper|mmproj|sd\d?|flux|.*vae.*)$/u;
/** Of config.json: what transformers calls models without a language model's head. */
const otherArchitectures =
  /^(?:(?:\w*Bert|\w*Roberta|Albert|Electra|Deberta|MPNet|CLIP|Siglip|ViT|Dino|Swin|Wav2Vec|Hubert|Whisper)\w*|\w+For(?:Sequence|Token|Image|Audio)Classification|\w+EncoderModel)$/u;
/** Of config.json: more would take too long, and no model needs it. */
const longestConfig = 1 << 20;

/**
 * Describes the model in a folder or file from stats and headers.
 *
 * @param within the folder that links must not lead out of; `null`: they may lead anywhere
 * @returns undefined if it is incomplete, damaged or certainly not a language model
 */
export function factsOf(path: string, within: string | null): ModelFacts | undefined {
  const stats = statsOf(path);
  if (!stats) return undefined;
  if (stats.isFile() && formatOf(path) === 'GGUF') return ggufFacts(path, within);
  const folder = openQuietly(path);
  if (!folder || isOther(folder.config)) return undefined;
  const file = join(folder.path, folder.file);
  if (folder.format === 'GGUF') return ggufFacts(file, within);
  if (within !== null && !leadsInside(file, within)) return undefined;
  return folder.format === 'ONNX' ? onnxFacts(folder) : checkpointFacts(folder, within);
}

function ggufFacts(path: string, within: string | null): ModelFacts | undefined {
  const parts = partsOf(basename(path)).map((part) => join(dirname(path), part));
  const sizes = sizesOf(parts, within);
  const glance = sizes && glanceAtGguf(path);
  if (!glance) return undefined;
  const { architecture, type, precision } = glance;
  if (otherGguf.test(architecture ?? '') || (type !== null && type !== 'model')) return undefined;
  return { ...sizes, format: 'GGUF', precision: precisionInName(path) ?? precision };
}

/** With external data, whose names begin with that of the file. */
function onnxFacts({ path, file, files }: ModelFolder): ModelFacts | undefined {
  const prefixes = [`${file}_data`, `${file}.data`, file.replace(/onnx$/u, 'data')];
  const data = files.filter((each) => prefixes.some((prefix) => each.path.startsWith(prefix)));
  const paths = [file, ...data.map((each) => each.path)];
  const sizes = sizesOf(
    paths.map((each) => join(path, each)),
    null,
  );
  return sizes && { ...sizes, format: 'ONNX', precision: precisionInName(file) };
}

function checkpointFacts({ path, file, config }: ModelFolder, within: string | null): ModelFacts | undefined {
  const glimpse = glimpseCheckpoint(path, file, config);
  const sizes = glimpse && sizesOf(glimpse.files, within);
  if (!sizes) return undefined;
  const quantization = config['quantization_config'];
  const method = isObject(quantization) ? quantization['quant_method'] : undefined;
  const types = [glimpse.type, ...(typeof method === 'string' ? [method] : [])].filter(
    (each) => each !== null,
  );
  return { ...sizes, format: 'safetensors', precision: types.join(', ') || null };
}

/** The size of all files, and the time of the newest; `undefined` if one is missing. */
function sizesOf(
  paths: readonly string[],
  within: string | null,
): { readonly bytes: number; readonly modified: number } | undefined {
  let [bytes, modified] = [0, 0];
  for (const path of paths) {
    const stats = statsOf(path);
    if (!stats?.isFile() || (within !== null && !leadsInside(path, within))) return undefined;
    bytes += stats.size;
    modified = Math.max(modified, stats.mtimeMs);
  }
  return { bytes, modified };
}

function openQuietly(path: string): ModelFolder | undefined {
  const config = statsOf(join(path, 'config.json'));
  if (config && config.size > longestConfig) return undefined;
  return orUndefined(() => openModelFolder(path));
}

function isOther({ architectures }: Readonly<Record<string, unknown>>): boolean {
  const names: readonly unknown[] = Array.isArray(architectures) ? architectures : [];
  return names.length > 0 && names.every((name) => typeof name === 'string' && otherArchitectures.test(name));
}
