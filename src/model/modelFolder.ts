import { ModelError } from '../errors';
import { readdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { genaiDecoder, type GenaiDecoder } from './genaiDecoder';
import { readJsonObject } from './jsonFile';
import { formatByName, type WeightFormat } from '../protocol/weightFormat';
import { formatOf, isChoice, isOnnxFolder, wholeOf } from './weightFormat';
import { byPrecision } from './weightPrecision';
import { statsOf } from './storage/paths';
import { shown } from './storage/refusalText';
import { orUndefined } from './orUndefined';
import { reasonOf } from './reasonOf';

/** What is special about a model that is read over the network. */
export interface RemoteModel {
  /** `hub:ORG/NAME@REVISION/FILE` */
  readonly reference: string;
  readonly commit: string;
  /** Number of bytes of its weights that are on this machine. */
  readonly bytesHere: () => number;
  /** Whether the whole head may be read. */
  readonly mayReadAll: () => boolean;
  /** From now on, the whole head may be read. @throws ModelError if this cannot be noted on disk */
  readonly allowAll: () => void;
}

/** A model folder on disk, with the selected file of weights. Paths in `files` use forward slashes. */
export interface ModelFolder {
  readonly name: string;
  readonly path: string;
  readonly format: WeightFormat;
  /** The .onnx, .safetensors or .gguf file, the index of a sharded checkpoint, or the first part of a split GGUF model. */
  readonly file: string;
  /** The other files to choose from, without the other parts of a pipeline. */
  readonly otherFiles: readonly string[];
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  /** Parsed `config.json`; `{}` if there is none. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Folders to search for the tokenizer's files, closest to the file of weights first. */
  readonly places: readonly string[];
  /** The output that holds the logits according to genai_config.json; `null` if not named there. */
  readonly logits: string | null;
  /** Only for a model of the Hub that is read over the network: the folder then has its small files. */
  readonly remote?: RemoteModel;
}

/** What the user can choose, in messages. */
const choosable = 'an .onnx, .safetensors or .gguf file';

/**
 * Opens a model folder, or the folder of a given file of weights. Unless a file is named, uses the decoder named in
 * genai_config.json, or else the best file: ONNX, which can also be run, before safetensors and GGUF, and the most precise
 * one (see weightPrecision.ts).
 *
 * @param file the file to use, by its path in the folder or by its name alone
 * @param name the model's name, if that of its folder does not show it
 * @throws ModelError if the folder or file does not exist, it has no file of weights, or its config.json is not JSON
 */
export function openModelFolder(path: string, file?: string, name?: string): ModelFolder {
  const given = resolve(path);
  const stats = statsOf(given);
  if (!stats)
    throw new ModelError(`There is no model folder ${path}; choose a folder that contains ${choosable}.`);
  const ownFormat = stats.isFile() ? formatOf(given) : null;
  if (!stats.isDirectory() && ownFormat === null)
    throw new ModelError(`${path} is not ${choosable}; choose a model folder or its file of weights.`);
  const folder = ownFormat === null ? given : folderOf(given);
  const own = ownFormat === null ? undefined : wholeOf(relative(folder, given).split(sep).join('/'), folder);
  // A file of another name, such as one of Ollama's, is not in a folder of its model.
  const files =
    own === undefined || formatByName(own) !== null ? listFiles(folder) : [sizedFile(folder, own)];
  const choices = files
    .map((candidate) => candidate.path)
    .filter(isChoice)
    .sort(byPrecision);
  const isNamed = file !== undefined || own !== undefined;
  const genai = isNamed ? (orUndefined(() => genaiDecoder(folder)) ?? null) : genaiDecoder(folder);
  const chosen =
    file === undefined
      ? (own ?? fileOfGenai(genai, choices, folder) ?? choices[0])
      : named(file, choices, folder);
  if (chosen === undefined) throw noWeights(path, files);
  const places = placesOf(folder, join(folder, chosen), stats.isFile());
  return {
    name: name ?? nameOf(folder),
    path: folder,
    format: formatByName(chosen) ?? 'GGUF',
    file: chosen,
    otherFiles: choices.filter((other) => other !== chosen && !genai?.parts.includes(other)),
    files,
    config: readConfig(folder, places),
    places,
    logits: genai?.logits ?? null,
  };
}

/** Checkpoints that Python unpickles, which can run any code. */
const pickled = /\.(?:bin|pth?|ckpt)$/u;

function noWeights(path: string, files: ModelFolder['files']): ModelError {
  const pickle = files.find((each) => pickled.test(each.path));
  return new ModelError(
    pickle === undefined
      ? `The model folder ${path} has no .onnx, .safetensors or .gguf file, neither at its root nor in onnx/; choose another folder.`
      : `The model folder ${path} has its weights in ${shown(pickle.path)}, a pickle that cannot be read; save the model with safe_serialization=True.`,
  );
}

/** In the Hugging Face cache, a folder is called by its commit: `models--ORG--NAME/snapshots/COMMIT`. */
function nameOf(folder: string): string {
  const own = isOnnxFolder(folder) ? dirname(folder) : folder;
  const [, repository] = /models--(?:.+?--)?([^/\\]+)[/\\]snapshots[/\\][^/\\]+$/u.exec(own) ?? [];
  return repository ?? basename(own);
}

/** `onnx/model.onnx` belongs to the folder above `onnx/`. */
function folderOf(file: string): string {
  const folder = dirname(file);
  return isOnnxFolder(folder) ? dirname(folder) : folder;
}

/**
 * The folder of the file of weights, the model folder, and the parent folder if the folder of the ONNX files or a single file
 * was given.
 */
function placesOf(folder: string, path: string, isFileGiven: boolean): string[] {
  const beside = dirname(path);
  const hasAbove = isOnnxFolder(folder) || (isFileGiven && beside === folder);
  return [...new Set([beside, folder, ...(hasAbove ? [dirname(folder)] : [])])];
}

/** The first folder of `places` that contains the file, or something else of that name, which cannot be read. */
export function placeOf(places: readonly string[], file: string): string | undefined {
  return places.find((place) => statsOf(join(place, file))?.isDirectory() === false);
}

function named(file: string, choices: readonly string[], folder: string): string {
  const wanted = file.replaceAll('\\', '/').replace(/^\.\//u, '');
  const found =
    choices.find((candidate) => candidate === wanted) ??
    choices.find((candidate) => basename(candidate) === wanted);
  if (found !== undefined) return found;
  const list = choices.join(', ') || `no .onnx, .safetensors or .gguf file`;
  throw new ModelError(
    `The model folder ${basename(folder)} has no ${shown(file)}; choose one of its files: ${list}.`,
  );
}

/** The file named in genai_config.json; undefined for any other folder. */
function fileOfGenai(
  genai: GenaiDecoder | null,
  choices: readonly string[],
  folder: string,
): string | undefined {
  const file = genai?.file;
  if (file === undefined || choices.includes(file)) return file;
  throw new ModelError(
    `genai_config.json of ${basename(folder)} names the decoder ${shown(file)}, which is not in the folder; copy it there.`,
  );
}

/** Files at the root and in `onnx/` (in any capitalization): no exporter nests deeper. */
function listFiles(folder: string): { path: string; bytes: number }[] {
  const onnxFolders = namesIn(folder).filter(isOnnxFolder);
  return ['', ...onnxFolders.map((name) => `${name}/`)].flatMap((prefix) => {
    const directory = join(folder, prefix);
    if (!statsOf(directory)?.isDirectory()) return [];
    return namesIn(directory).flatMap((name) => {
      const stats = statsOf(join(directory, name));
      return stats?.isFile() ? [{ path: prefix + name, bytes: stats.size }] : [];
    });
  });
}

function sizedFile(folder: string, path: string): { path: string; bytes: number } {
  return { path, bytes: statsOf(join(folder, path))?.size ?? 0 };
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch (error) {
    throw new ModelError(
      `The folder ${basename(directory)} cannot be listed (${reasonOf(error)}); check that you have permission to read it.`,
    );
  }
}

function readConfig(folder: string, places: readonly string[]): Record<string, unknown> {
  const place = placeOf(places, 'config.json');
  if (place === undefined) return {};
  const read = (): Record<string, unknown> =>
    readJsonObject(join(place, 'config.json'), `config.json of ${basename(place)}`);
  if (place !== dirname(folder)) return read();
  // In the parent folder, the config.json may belong to any program: it counts only if it describes a model.
  const config = orUndefined(read);
  return config && ('model_type' in config || 'architectures' in config) ? config : {};
}
