import { UserError } from '../../errors';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { version } from '../../../package.json';
import {
  parseSimulation,
  serializeSimulation,
  simulationFileEnding,
  type SimulationFile,
} from '../../protocol/simulationFile';
import type { SavedSimulation } from '../../protocol/simulationMessages';
import { Disposable } from '../disposable';
import { writeFile } from '../exportTargets';
import { simulationName } from './simulationName';

const pattern = `**/*${simulationFileEnding}`;
const pauseMilliseconds = 100;
/** Number of simulations to keep that were neither saved in the workspace nor renamed. */
const mostUnsaved = 20;

interface Entry {
  readonly saved: SavedSimulation;
  readonly uri: vscode.Uri;
  /** When the file was last written, for sorting. */
  readonly written: number;
}

/** A file that could not be read. */
interface Unread {
  readonly problem: string;
}

/** The contents of a file when it was last read. */
interface Known {
  readonly written: number;
  readonly size: number;
  readonly found: Entry | Unread;
}

/**
 * The simulations: one file each, in the extension's own folder until it is saved in the workspace. Everything in the list
 * is on disk, so that it outlives the window.
 */
export class SimulationStore extends Disposable {
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  #entries: readonly Entry[] = [];
  #simulations: readonly SavedSimulation[] = [];
  #problem: string | null = null;
  /** Simulations that could not be written. They stay in the list until the window closes. */
  #unwritten: readonly Entry[] = [];
  /** Files outside the workspace that the user opened. */
  #opened: readonly vscode.Uri[] = [];
  /** By URI, so that only changed files are read again. */
  #known = new Map<string, Known>();
  #reloads = 0;
  #isLoaded = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param folder the extension's storage folder, that of this workspace if there is one */
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
  get simulations(): readonly SavedSimulation[] {
    return this.#simulations;
  }

  /** For a file of the workspace that could not be read: one sentence that says why. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Reads all files when they are first needed. */
  load(): void {
    if (!this.#isLoaded) void this.reload();
  }

  /** Reads the changed files. */
  async reload(): Promise<void> {
    this.#isLoaded = true;
    const reload = ++this.#reloads;
    const own = await this.#ownFiles();
    const saved = await vscode.workspace.findFiles(pattern, '**/node_modules/**');
    const files = [
      ...own.map((uri) => ({ uri, file: null })),
      ...[...saved, ...this.#opened].map((uri) => ({ uri, file: vscode.workspace.asRelativePath(uri) })),
    ];
    const looked = await Promise.all(
      files.map(({ uri, file }) => look(uri, file, this.#known.get(uri.toString()))),
    );
    // Of two concurrent reloads, the later one has the newer state.
    if (reload !== this.#reloads) return;
    this.#known = new Map(files.map(({ uri }, i) => [uri.toString(), looked[i]!]));
    const found = looked.map((known) => known.found);
    const entries = [...this.#unwritten, ...found].filter((one) => 'saved' in one);
    this.#entries = entries.sort((a, b) => b.written - a.written);
    this.#simulations = this.#entries.map(({ saved }) => saved);
    // No user can fix a broken file in the extension's own folder.
    this.#problem = found.slice(own.length).find((one) => 'problem' in one)?.problem ?? null;
    this.#changed.fire();
  }

  /** Puts a file into the list, wherever it is. @throws UserError if it is not a simulation */
  async open(uri: vscode.Uri): Promise<SavedSimulation> {
    const isListed = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
    const isOpened = this.#opened.some((other) => other.toString() === uri.toString());
    if (!isListed && !isOpened) this.#opened = [...this.#opened, uri];
    await this.reload();
    const found = this.find(uri.toString());
    if (found) return found;
    const { found: read } = await look(uri, vscode.workspace.asRelativePath(uri), undefined);
    this.#opened = this.#opened.filter((other) => other.toString() !== uri.toString());
    throw new UserError(
      'problem' in read ? read.problem : t('This simulation could not be opened; try again.'),
    );
  }

  find(id: string): SavedSimulation | undefined {
    return this.#entry(id)?.saved;
  }

  /**
   * Saves a new simulation, and removes the oldest ones that were neither saved in the workspace nor renamed.
   *
   * @throws UserError if it cannot be written; it is in the list nevertheless, so that it can be exported
   */
  async add(file: SimulationFile): Promise<void> {
    const uri = vscode.Uri.joinPath(this.folder, `${Date.now()}${simulationFileEnding}`);
    try {
      await write(uri, file);
    } catch (error) {
      const saved = { id: uri.toString(), name: file.name, file: null, outcome: file.outcome };
      this.#unwritten = [{ saved, uri, written: Date.now() }, ...this.#unwritten];
      await this.reload();
      throw new UserError(
        t`“${file.name}” cannot be saved on disk (${reasonOf(error)}). Export it before you close the window.`,
      );
    }
    const passing = this.#entries.filter(
      ({ saved }) => saved.file === null && saved.name === simulationName(saved.outcome),
    );
    // Another window may have deleted it already.
    await Promise.allSettled(
      passing.slice(mostUnsaved - 1).map((entry) => vscode.workspace.fs.delete(entry.uri)),
    );
    await this.reload();
  }

  async rename(id: string, name: string): Promise<void> {
    const entry = this.#entry(id);
    if (!entry) return;
    await write(entry.uri, { name, outcome: entry.saved.outcome });
    await this.reload();
  }

  /** Saves it where the user wants: in the workspace the file moves there, elsewhere a copy is written. */
  async save(id: string, chosen: vscode.Uri): Promise<void> {
    const entry = this.#entry(id);
    if (!entry) return;
    // It is found again only by this ending.
    const target = chosen.path.endsWith(simulationFileEnding)
      ? chosen
      : chosen.with({ path: `${chosen.path.replace(/\.json$/u, '')}${simulationFileEnding}` });
    await write(target, entry.saved);
    const isFound = vscode.workspace.getWorkspaceFolder(target) !== undefined;
    if (isFound && entry.saved.file === null) await this.#forget(entry);
    await this.reload();
  }

  async remove(id: string): Promise<void> {
    const entry = this.#entry(id);
    if (!entry) return;
    if (entry.saved.file === null) await this.#forget(entry);
    else await vscode.workspace.fs.delete(entry.uri, { useTrash: true });
    await this.reload();
  }

  #entry(id: string): Entry | undefined {
    return this.#entries.find(({ saved }) => saved.id === id);
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
      // Nothing has been saved yet.
      return [];
    }
  }
}

/** @param file the path shown to users; `null` in the extension's own folder @param before the previous contents */
async function look(uri: vscode.Uri, file: string | null, before: Known | undefined): Promise<Known> {
  const shown = file ?? uri.path.split('/').at(-1)!;
  try {
    const { mtime: written, size } = await vscode.workspace.fs.stat(uri);
    if (before?.written === written && before.size === size) return before;
    const bytes = await vscode.workspace.fs.readFile(uri);
    const { name, outcome } = parseSimulation(new TextDecoder().decode(bytes), shown);
    return { written, size, found: { saved: { id: uri.toString(), name, file, outcome }, uri, written } };
  } catch (error) {
    const problem =
      error instanceof UserError ? error.message : t`${shown} cannot be read (${reasonOf(error)}).`;
    // Without a time it is read again next time.
    return { written: NaN, size: 0, found: { problem } };
  }
}

function write(uri: vscode.Uri, file: SimulationFile): Promise<void> {
  return writeFile(uri, serializeSimulation(file, version));
}

function reasonOf(error: unknown): string {
  return error instanceof vscode.FileSystemError ? error.code : String(error);
}
