import { UserError } from '../../errors';
import * as vscode from 'vscode';
import { version } from '../../../package.json';
import {
  parseSimulation,
  serializeSimulation,
  simulationFileEnding,
  type SimulationFile,
} from '../../protocol/simulationFile';
import type { KeptSimulation } from '../../protocol/simulationMessages';
import { Disposable } from '../disposable';
import { writeFile } from '../exportTargets';
import { simulationName } from './simulationName';

const pattern = `**/*${simulationFileEnding}`;
const pauseMilliseconds = 100;
/** Simulations that nobody saved or named are kept up to this number. */
const mostUnsaved = 20;

interface Entry {
  readonly kept: KeptSimulation;
  readonly uri: vscode.Uri;
  /** When the file was last written, for the order. */
  readonly written: number;
}

/** A file that could not be read. */
interface Unread {
  readonly problem: string;
}

/** What a file held when it was last looked at. */
interface Known {
  readonly written: number;
  readonly size: number;
  readonly found: Entry | Unread;
}

/**
 * What was simulated: a file each, in the extension's own folder until it is saved in the workspace. Whatever is in the list
 * is on disk, so that it outlives the window.
 */
export class SimulationStore extends Disposable {
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  #entries: readonly Entry[] = [];
  #simulations: readonly KeptSimulation[] = [];
  #problem: string | null = null;
  /** What could not be written: it is in the list until the window closes. */
  #unwritten: readonly Entry[] = [];
  /** By their URIs: a change of one file is no reason to read all of them. */
  #known = new Map<string, Known>();
  #reloads = 0;
  #isLoaded = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param folder of the extension, for this workspace where there is one */
  constructor(private readonly folder: vscode.Uri) {
    super();
    const watcher = this.register(vscode.workspace.createFileSystemWatcher(pattern));
    const soon = (): void => {
      if (!this.#isLoaded) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.reload(), pauseMilliseconds);
    };
    this.register(watcher.onDidCreate(soon));
    this.register(watcher.onDidChange(soon));
    this.register(watcher.onDidDelete(soon));
    this.register({
      dispose: () => {
        clearTimeout(this.#timer);
      },
    });
  }

  /** Newest first; the same array until something changes. */
  get simulations(): readonly KeptSimulation[] {
    return this.#simulations;
  }

  /** What is wrong with a file of the workspace that could not be read: one sentence. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Reads all files the first time that anybody wants to see them. */
  load(): void {
    if (!this.#isLoaded) void this.reload();
  }

  /** Reads the files that changed. */
  async reload(): Promise<void> {
    this.#isLoaded = true;
    const reload = ++this.#reloads;
    const own = await this.#ownFiles();
    const saved = await vscode.workspace.findFiles(pattern, '**/node_modules/**');
    const files = [
      ...own.map((uri) => ({ uri, file: null })),
      ...saved.map((uri) => ({ uri, file: vscode.workspace.asRelativePath(uri) })),
    ];
    const looked = await Promise.all(
      files.map(({ uri, file }) => look(uri, file, this.#known.get(uri.toString()))),
    );
    // Of two reloads at once, the later knows better.
    if (reload !== this.#reloads) return;
    this.#known = new Map(files.map(({ uri }, i) => [uri.toString(), looked[i]!]));
    const found = looked.map((known) => known.found);
    const entries = [...this.#unwritten, ...found].filter((one) => 'kept' in one);
    this.#entries = entries.sort((a, b) => b.written - a.written);
    this.#simulations = this.#entries.map(({ kept }) => kept);
    // A file of the extension's own that is broken is nobody's to mend.
    this.#problem = found.slice(own.length).find((one) => 'problem' in one)?.problem ?? null;
    this.#changed.fire();
  }

  find(id: string): KeptSimulation | undefined {
    return this.#entry(id)?.kept;
  }

  /**
   * Keeps a new one, and lets go of the oldest that were neither saved nor named.
   *
   * @throws UserError if it cannot be written; it is in the list all the same, to be exported
   */
  async add(file: SimulationFile): Promise<void> {
    const uri = vscode.Uri.joinPath(this.folder, `${Date.now()}${simulationFileEnding}`);
    try {
      await write(uri, file);
    } catch (error) {
      const kept = { id: uri.toString(), name: file.name, file: null, outcome: file.outcome };
      this.#unwritten = [{ kept, uri, written: Date.now() }, ...this.#unwritten];
      await this.reload();
      throw new UserError(
        `“${file.name}” cannot be kept on disk (${reasonOf(error)}); export it before the window closes.`,
      );
    }
    const passing = this.#entries.filter(
      ({ kept }) => kept.file === null && kept.name === simulationName(kept.outcome),
    );
    // Another window may have been quicker.
    await Promise.allSettled(
      passing.slice(mostUnsaved - 1).map((entry) => vscode.workspace.fs.delete(entry.uri)),
    );
    await this.reload();
  }

  async rename(id: string, name: string): Promise<void> {
    const entry = this.#entry(id);
    if (!entry) return;
    await write(entry.uri, { name, outcome: entry.kept.outcome });
    await this.reload();
  }

  /** Writes it where the user wants it: into the workspace it moves, elsewhere there is a copy. */
  async save(id: string, chosen: vscode.Uri): Promise<void> {
    const entry = this.#entry(id);
    if (!entry) return;
    // Only by its ending it is found again.
    const target = chosen.path.endsWith(simulationFileEnding)
      ? chosen
      : chosen.with({ path: `${chosen.path.replace(/\.json$/u, '')}${simulationFileEnding}` });
    await write(target, entry.kept);
    const isFound = vscode.workspace.getWorkspaceFolder(target) !== undefined;
    if (isFound && entry.kept.file === null) await this.#forget(entry);
    await this.reload();
  }

  async remove(id: string): Promise<void> {
    const entry = this.#entry(id);
    if (!entry) return;
    if (entry.kept.file === null) await this.#forget(entry);
    else await vscode.workspace.fs.delete(entry.uri, { useTrash: true });
    await this.reload();
  }

  #entry(id: string): Entry | undefined {
    return this.#entries.find(({ kept }) => kept.id === id);
  }

  async #forget(entry: Entry): Promise<void> {
    if (this.#unwritten.includes(entry)) this.#unwritten = this.#unwritten.filter((other) => other !== entry);
    else await vscode.workspace.fs.delete(entry.uri);
  }

  async #ownFiles(): Promise<vscode.Uri[]> {
    try {
      const names = await vscode.workspace.fs.readDirectory(this.folder);
      return names
        .filter(([name]) => name.endsWith(simulationFileEnding))
        .map(([name]) => vscode.Uri.joinPath(this.folder, name));
    } catch {
      // Nothing was ever kept.
      return [];
    }
  }
}

/** @param file the path that users know; `null` in the extension's own folder @param before what was known of it */
async function look(uri: vscode.Uri, file: string | null, before: Known | undefined): Promise<Known> {
  const shown = file ?? uri.path.split('/').at(-1)!;
  try {
    const { mtime: written, size } = await vscode.workspace.fs.stat(uri);
    if (before?.written === written && before.size === size) return before;
    const bytes = await vscode.workspace.fs.readFile(uri);
    const { name, outcome } = parseSimulation(new TextDecoder().decode(bytes), shown);
    return { written, size, found: { kept: { id: uri.toString(), name, file, outcome }, uri, written } };
  } catch (error) {
    const problem =
      error instanceof UserError ? error.message : `${shown} cannot be read (${reasonOf(error)}).`;
    // Of no time: it is read again the next time.
    return { written: NaN, size: 0, found: { problem } };
  }
}

function write(uri: vscode.Uri, file: SimulationFile): Promise<void> {
  return writeFile(uri, serializeSimulation(file, version));
}

function reasonOf(error: unknown): string {
  return error instanceof vscode.FileSystemError ? error.code : String(error);
}
