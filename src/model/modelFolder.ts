import { ModelError } from '../errors';
import { readdirSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { genaiDecoder, type GenaiDecoder } from './genaiDecoder';
import { readJsonObject } from './jsonFile';
import { byPrecision } from './weightPrecision';
import { shown } from './onnx/refusalText';
import { reasonOf } from './reasonOf';

/** A model folder on disk, with the ONNX file that was chosen in it. Paths in `files` use forward slashes. */
export interface ModelFolder {
  readonly name: string;
  readonly path: string;
  readonly onnxFile: string;
  /** What could be taken instead; the other parts of a pipeline cannot. */
  readonly otherOnnxFiles: readonly string[];
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  /** Parsed `config.json`, `{}` without one. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Where the tokenizer's files may lie, the nearest to the ONNX file first. */
  readonly places: readonly string[];
  /** The output that holds the logits as genai_config.json names it, `null` where it does not. */
  readonly logits: string | null;
}

/**
 * Opens a model folder, or the `.onnx` file of one given directly. Unless one is named, the file is the decoder that
 * genai_config.json names, or else the most precise one (see weightPrecision.ts).
 *
 * @param file the .onnx file to take, by its path in the folder or by its name alone
 * @throws ModelError if there is no such folder or file, no ONNX file in it, or its config.json is no JSON
 */
export function openModelFolder(path: string, file?: string): ModelFolder {
  const given = resolve(path);
  const stats = statsOf(given);
  if (!stats)
    throw new ModelError(`There is no model folder ${path}; choose a folder that holds an .onnx file.`);
  if (!stats.isDirectory() && !(stats.isFile() && given.endsWith('.onnx')))
    throw new ModelError(`${path} is no .onnx file; choose a model folder or its .onnx file.`);
  const folder = stats.isFile() ? folderOf(given) : given;
  const files = listFiles(folder);
  const onnxFiles = files
    .map((candidate) => candidate.path)
    .filter((candidate) => candidate.endsWith('.onnx'))
    .sort(byPrecision);
  const own = stats.isFile() ? relative(folder, given).split(sep).join('/') : undefined;
  const isNamed = file !== undefined || own !== undefined;
  const genai = isNamed ? orNone(() => genaiDecoder(folder)) : genaiDecoder(folder);
  const onnxFile =
    file === undefined
      ? (own ?? fileOfGenai(genai, onnxFiles, folder) ?? onnxFiles[0])
      : named(file, onnxFiles, folder);
  if (onnxFile === undefined) {
    throw new ModelError(
      `The model folder ${path} has no .onnx file, neither at its root nor in onnx/; export the model to ONNX first.`,
    );
  }
  const places = placesOf(folder, join(folder, onnxFile), stats.isFile());
  return {
    name: basename(isOnnxFolder(folder) ? dirname(folder) : folder),
    path: folder,
    onnxFile,
    otherOnnxFiles: onnxFiles.filter((other) => other !== onnxFile && !genai?.parts.includes(other)),
    files,
    config: readConfig(folder, places),
    places,
    logits: genai?.logits ?? null,
  };
}

/** Some repositories write `ONNX`. */
function isOnnxFolder(path: string): boolean {
  return basename(path).toLowerCase() === 'onnx';
}

/** `onnx/model.onnx` belongs to the folder above `onnx/`. */
function folderOf(onnxFile: string): string {
  const folder = dirname(onnxFile);
  return isOnnxFolder(folder) ? dirname(folder) : folder;
}

/**
 * Beside the ONNX file, in the model folder, and one folder up where the folder of the ONNX files was given, or a file
 * by itself.
 */
function placesOf(folder: string, onnxPath: string, isFileGiven: boolean): string[] {
  const beside = dirname(onnxPath);
  const hasAbove = isOnnxFolder(folder) || (isFileGiven && beside === folder);
  return [...new Set([beside, folder, ...(hasAbove ? [dirname(folder)] : [])])];
}

/** The folder among `places` that holds the file; `undefined` if none does. */
export function placeOf(places: readonly string[], file: string): string | undefined {
  return places.find((place) => statsOf(join(place, file))?.isFile());
}

function named(file: string, onnxFiles: readonly string[], folder: string): string {
  const wanted = file.replaceAll('\\', '/').replace(/^\.\//u, '');
  const found =
    onnxFiles.find((candidate) => candidate === wanted) ??
    onnxFiles.find((candidate) => basename(candidate) === wanted);
  if (found !== undefined) return found;
  const list = onnxFiles.join(', ') || 'no .onnx file';
  throw new ModelError(
    `The model folder ${basename(folder)} has no ${shown(file)}; choose one of what it has: ${list}.`,
  );
}

/** The file that genai_config.json names; undefined for every other folder. */
function fileOfGenai(
  genai: GenaiDecoder | null,
  onnxFiles: readonly string[],
  folder: string,
): string | undefined {
  const file = genai?.file;
  if (file === undefined || onnxFiles.includes(file)) return file;
  throw new ModelError(
    `genai_config.json of ${basename(folder)} names the decoder ${shown(file)}, which is not in the folder; copy it there.`,
  );
}

/** Files at the root and in `onnx/`, in any case: no exporter nests deeper. */
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

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch (error) {
    throw new ModelError(
      `The folder ${basename(directory)} cannot be listed (${reasonOf(error)}); check that you may read it.`,
    );
  }
}

/** Undefined where nothing is: a link that dangles or goes in circles is nothing. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function readConfig(folder: string, places: readonly string[]): Record<string, unknown> {
  const place = placeOf(places, 'config.json');
  if (place === undefined) return {};
  const read = (): Record<string, unknown> =>
    readJsonObject(join(place, 'config.json'), `config.json of ${basename(place)}`);
  if (place !== dirname(folder)) return read();
  // One folder up, any program may have a config.json: it counts only if it says which model it is of.
  const config = orNone(read);
  return config && ('model_type' in config || 'architectures' in config) ? config : {};
}

/** `null` where the file cannot be used and need not be. */
function orNone<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof ModelError) return null;
    throw error;
  }
}
