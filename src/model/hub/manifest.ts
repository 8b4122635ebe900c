import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { folderNameOf } from './names';

/** Bytes on disk are only worth something while the remote file they came from is the same. */
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
 * What is known about a downloaded folder: where its files came from and which choices are unfinished. It lies beside
 * the folder, so that the folder holds the model and nothing else.
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

  /** Those in the folder of downloaded models that are unfinished. */
  static unfinishedIn(models: string): HubManifest[] {
    return namesIn(models)
      .filter((name) => name.endsWith(ending))
      .flatMap((name) => {
        const found = readDocument(join(models, name));
        if (!found || found.unfinished.length === 0) return [];
        const manifest = new HubManifest(models, found.id, found.revision);
        // A document that lies under another model's name is none of ours.
        return manifest.#path === join(models, name) ? [manifest] : [];
      });
  }

  get id(): string {
    return this.#document.id;
  }

  get revision(): string {
    return this.#document.revision;
  }

  /** The ONNX files that were chosen and are not here with all that they need. */
  get unfinished(): readonly string[] {
    return this.#document.unfinished;
  }

  /** All files of which something was downloaded, as the repository names them. */
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

  /** Forgets the model. */
  remove(): void {
    rmSync(this.#path, { force: true });
  }

  #save(next: ManifestDocument): void {
    this.#document = next;
    mkdirSync(dirname(this.#path), { recursive: true });
    // In one step: a process that is ended meanwhile leaves the old one or the new one.
    writeFileSync(`${this.#path}.new`, `${JSON.stringify(next, null, 2)}\n`);
    renameSync(`${this.#path}.new`, this.#path);
  }
}

function readDocument(path: string): ManifestDocument | undefined {
  try {
    const { success, output } = v.safeParse(document, JSON.parse(readFileSync(path, 'utf8')));
    return success ? output : undefined;
  } catch {
    // Missing or damaged: nothing is known, so everything is fetched anew.
    return undefined;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
