import { existsSync, readdirSync, readFileSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { isObject } from './isObject';
import { byPrecision } from './weightPrecision';
import { shown } from './onnx/refusalText';
import { ModelError, reasonOf } from './modelError';

/** A model folder on disk, with the ONNX file that was chosen in it. Paths in `files` use forward slashes. */
export interface ModelFolder {
  readonly name: string;
  readonly path: string;
  readonly onnxFile: string;
  readonly otherOnnxFiles: readonly string[];
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  /** Parsed `config.json`, `{}` without one. */
  readonly config: Readonly<Record<string, unknown>>;
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
  const onnxFile =
    file === undefined
      ? (own ?? decoderOfGenai(folder, onnxFiles) ?? onnxFiles[0])
      : named(file, onnxFiles, folder);
  if (onnxFile === undefined) {
    throw new ModelError(
      `The model folder ${path} has no .onnx file, neither at its root nor in onnx/; export the model to ONNX first.`,
    );
  }
  return {
    name: basename(folder),
    path: folder,
    onnxFile,
    otherOnnxFiles: onnxFiles.filter((other) => other !== onnxFile),
    files,
    config: readConfig(folder),
  };
}

/** `onnx/model.onnx` belongs to the folder above `onnx/`. */
function folderOf(onnxFile: string): string {
  const folder = dirname(onnxFile);
  return basename(folder) === 'onnx' ? dirname(folder) : folder;
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

/** The decoder that a folder of onnxruntime-genai names; undefined for every other folder. */
function decoderOfGenai(folder: string, onnxFiles: readonly string[]): string | undefined {
  const path = join(folder, 'genai_config.json');
  if (!existsSync(path)) return undefined;
  const { model } = readJsonObject(path, `genai_config.json of ${basename(folder)}`);
  const decoder = memberOf(model, 'decoder');
  const file = memberOf(decoder, 'filename');
  if (typeof file !== 'string') return undefined;
  if (onnxFiles.includes(file)) return file;
  throw new ModelError(
    `genai_config.json of ${basename(folder)} names the decoder ${shown(file)}, which is not in the folder; copy it there.`,
  );
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

/** Files at the root and in `onnx/`: no exporter nests deeper. */
function listFiles(folder: string): { path: string; bytes: number }[] {
  return ['', 'onnx/'].flatMap((prefix) => {
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

function readConfig(folder: string): Record<string, unknown> {
  const path = join(folder, 'config.json');
  if (!existsSync(path)) return {};
  return readJsonObject(path, `config.json of ${basename(folder)}`);
}

/** The largest vocabularies need a tenth of it. */
const largestJson = 200_000_000;

/** @throws ModelError if the file is no JSON object, too large for one, or unreadable */
export function readJsonObject(path: string, label: string): Record<string, unknown> {
  return parseJsonObject(readJsonBytes(path, label), label);
}

/** @throws ModelError if the file is too large to be parsed, or unreadable */
export function readJsonBytes(path: string, label: string): Buffer {
  const { size } = statSync(path);
  if (size > largestJson)
    throw new ModelError(`${label} has ${size} bytes, too many for a JSON file; download it again.`);
  try {
    return readFileSync(path);
  } catch (error) {
    throw new ModelError(`${label} cannot be read (${reasonOf(error)}); check that it is a readable file.`);
  }
}

/** @throws ModelError if it is no JSON object */
export function parseJsonObject(bytes: Buffer, label: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(bytes.toString().replace(/^\uFEFF/u, ''));
    if (isObject(value)) return value;
  } catch {
    // falls through to the one sentence for everything that is no JSON object
  }
  throw new ModelError(`${label} is not valid JSON; download or export it again.`);
}
