import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { namesIn } from '../storage/paths';
import { folderNameOf } from './names';

/** Identifies the remote file that bytes on disk came from; they are usable only while it is unchanged. */
export interface FileOrigin {
  readonly identity: string | null;
  readonly bytes: number | null;
  readonly etag: string | null;
}

const ending = '.download.json';
const document = v.object({
  id: v.string(),
  revision: v.string(),
  unfinished: v.array(v.string()),
  origins: v.record(
    v.string(),
    v.object({
      identity: v.nullable(v.string()),
      bytes: v.nullable(v.number()),
      etag: v.nullable(v.string()),
    }),
  ),
});
type ManifestDocument = v.InferOutput<typeof document>;

/**
 * The record of a downloaded folder: where its files came from and which downloads are unfinished. It is stored next to the
 * folder, which contains only the model.
 */
export class HubManifest {
  readonly folder: string;
  readonly #path: string;
  #document: ManifestDocument;

  constructor(models: string, id: string, revision: string) {
    this.folder = join(models, folderNameOf(id, revision));
    this.#path = this.folder + ending;
    this.#document = readDocument(this.#path) ?? { id, revision, unfinished: [], origins: {} };
  }

  /** The unfinished ones in the folder of downloaded models. */
  static unfinishedIn(models: string): HubManifest[] {
    return namesIn(models)
      .filter((name) => name.endsWith(ending))
      .flatMap((name) => {
        const found = readDocument(join(models, name));
        if (!found || found.unfinished.length === 0) return [];
        const manifest = new HubManifest(models, found.id, found.revision);
        // A document under another model's name is not valid.
        return manifest.#path === join(models, name) ? [manifest] : [];
      });
  }

  get id(): string {
    return this.#document.id;
  }

  get revision(): string {
    return this.#document.revision;
  }

  /** The chosen ONNX files that are not yet complete with all files that they need. */
  get unfinished(): readonly string[] {
    return this.#document.unfinished;
  }

  /** All files with downloaded data, by their names in the repository. */
  get paths(): readonly string[] {
    return Object.keys(this.#document.origins);
  }

  originOf(path: string): FileOrigin | undefined {
    return Object.hasOwn(this.#document.origins, path) ? this.#document.origins[path] : undefined;
  }

  setOrigin(path: string, origin: FileOrigin): void {
    this.#save({ ...this.#document, origins: { ...this.#document.origins, [path]: origin } });
  }

  setUnfinished(file: string, isUnfinished: boolean): void {
    const others = this.unfinished.filter((name) => name !== file);
    this.#save({ ...this.#document, unfinished: isUnfinished ? [...others, file] : others });
  }

  /** Removes the record. */
  remove(): void {
    rmSync(this.#path, { force: true });
  }

  #save(next: ManifestDocument): void {
    this.#document = next;
    mkdirSync(dirname(this.#path), { recursive: true });
    // Atomic: a process killed meanwhile leaves either the old document or the new one.
    writeFileSync(`${this.#path}.new`, `${JSON.stringify(next, null, 2)}\n`);
    renameSync(`${this.#path}.new`, this.#path);
  }
}

function readDocument(path: string): ManifestDocument | undefined {
  try {
    const { success, output } = v.safeParse(document, JSON.parse(readFileSync(path, 'utf8')));
    return success ? output : undefined;
  } catch {
    // Missing or damaged: without a record everything is downloaded again.
    return undefined;
  }
}
