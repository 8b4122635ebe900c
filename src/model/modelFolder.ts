import { ModelError } from '../errors';
import { readdirSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { genaiDecoder, type GenaiDecoder } from './genaiDecoder';
import { readJsonObject } from './jsonFile';
import { byPrecision } from './weightPrecision';
import { shown } from './onnx/refusalText';
import { reasonOf } from './reasonOf';

/** A model folder on disk, with the selected ONNX file. Paths in `files` use forward slashes. */
export interface ModelFolder {
  readonly name: string;
  readonly path: string;
  readonly onnxFile: string;
  /** The ONNX files to choose from, without the other parts of a pipeline. */
  readonly otherOnnxFiles: readonly string[];
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  /** Parsed `config.json`; `{}` if there is none. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Folders to search for the tokenizer's files, closest to the ONNX file first. */
  readonly places: readonly string[];
  /** The output that holds the logits according to genai_config.json; `null` if not named there. */
  readonly logits: string | null;
}

/**
 * Opens a model folder, or the folder of a given `.onnx` file. Unless a file is named, uses the decoder named in
 * genai_config.json, or else the most precise file (see weightPrecision.ts).
 *
 * @param file the .onnx file to use, by its path in the folder or by its name alone
 * @throws ModelError if the folder or file does not exist, it has no ONNX file, or its config.json is not JSON
 */
export function openModelFolder(path: string, file?: string): ModelFolder {
  const given = resolve(path);
  const stats = statsOf(given);
  if (!stats)
    throw new ModelError(`There is no model folder ${path}; choose a folder that contains an .onnx file.`);
  if (!stats.isDirectory() && !(stats.isFile() && given.endsWith('.onnx')))
    throw new ModelError(`${path} is not an .onnx file; choose a model folder or its .onnx file.`);
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
 * The folder of the ONNX file, the model folder, and the parent folder if the folder of the ONNX files or a single file was
 * given.
 */
function placesOf(folder: string, onnxPath: string, isFileGiven: boolean): string[] {
  const beside = dirname(onnxPath);
  const hasAbove = isOnnxFolder(folder) || (isFileGiven && beside === folder);
  return [...new Set([beside, folder, ...(hasAbove ? [dirname(folder)] : [])])];
}

/** The first folder of `places` that contains the file; `undefined` if none does. */
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
    `The model folder ${basename(folder)} has no ${shown(file)}; choose one of its files: ${list}.`,
  );
}

/** The file named in genai_config.json; undefined for any other folder. */
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

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch (error) {
    throw new ModelError(
      `The folder ${basename(directory)} cannot be listed (${reasonOf(error)}); check that you have permission to read it.`,
    );
  }
}

/** Undefined if nothing exists at the path, which includes dangling and circular links. */
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
  // In the parent folder, the config.json may belong to any program: it counts only if it describes a model.
  const config = orNone(read);
  return config && ('model_type' in config || 'architectures' in config) ? config : {};
}

/** `null` if an optional file cannot be used. */
function orNone<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof ModelError) return null;
    throw error;
  }
}
