import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
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

/** From the most precise on: what the usual exporters call the whole decoder. */
const preferredNames = ['model', 'decoder_model_merged', 'decoder_model', 'model_fp16', 'model_bf16'];

/**
 * Opens a model folder, or the `.onnx` file of one given directly.
 *
 * @throws ModelError if there is no such folder, no ONNX file in it, or its config.json is no JSON
 */
export function openModelFolder(path: string): ModelFolder {
  const given = resolve(path);
  if (!existsSync(given))
    throw new ModelError(`There is no model folder ${path}; choose a folder that holds an .onnx file.`);
  const isFile = statSync(given).isFile();
  if (isFile && !given.endsWith('.onnx'))
    throw new ModelError(`${path} is no .onnx file; choose a model folder or its .onnx file.`);
  const folder = isFile ? folderOf(given) : given;
  const files = listFiles(folder);
  const onnxFiles = files
    .map((file) => file.path)
    .filter((file) => file.endsWith('.onnx'))
    .sort(byPrecision);
  const onnxFile = isFile ? relative(folder, given).split(sep).join('/') : onnxFiles[0];
  if (onnxFile === undefined) {
    throw new ModelError(
      `The model folder ${path} has no .onnx file, neither at its root nor in onnx/; export the model to ONNX first.`,
    );
  }
  return {
    name: basename(folder),
    path: folder,
    onnxFile,
    otherOnnxFiles: onnxFiles.filter((file) => file !== onnxFile),
    files,
    config: readConfig(folder),
  };
}

/** `onnx/model.onnx` belongs to the folder above `onnx/`. */
function folderOf(onnxFile: string): string {
  const folder = dirname(onnxFile);
  return basename(folder) === 'onnx' ? dirname(folder) : folder;
}

/** Files at the root and in `onnx/`: no exporter nests deeper. */
function listFiles(folder: string): { path: string; bytes: number }[] {
  return ['', 'onnx/'].flatMap((prefix) => {
    const directory = join(folder, prefix);
    if (!existsSync(directory)) return [];
    return readdirSync(directory)
      .sort()
      .flatMap((name) => {
        // A dangling link is no file.
        const stats = statSync(join(directory, name), { throwIfNoEntry: false });
        return stats?.isFile() ? [{ path: prefix + name, bytes: stats.size }] : [];
      });
  });
}

function byPrecision(a: string, b: string): number {
  const rank = (file: string): number => {
    const index = preferredNames.indexOf(basename(file, '.onnx'));
    return index < 0 ? preferredNames.length : index;
  };
  return rank(a) - rank(b) || a.localeCompare(b);
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
  const { size } = statSync(path);
  if (size > largestJson)
    throw new ModelError(`${label} has ${size} bytes, too many for a JSON file; download it again.`);
  const text = readText(path, label);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // falls through to the one sentence for everything that is no JSON object
  }
  throw new ModelError(`${label} is not valid JSON; download or export it again.`);
}

function readText(path: string, label: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/u, '');
  } catch (error) {
    throw new ModelError(`${label} cannot be read (${reasonOf(error)}); check that it is a readable file.`);
  }
}
