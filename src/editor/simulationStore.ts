import * as vscode from 'vscode';
import { version } from '../../package.json';
import {
  parseSimulation,
  serializeSimulation,
  simulationFileEnding,
  type SimulationFile,
} from '../protocol/simulationFile';
import type { KeptSimulation } from '../protocol/simulationMessages';
import { Disposable } from './disposable';

const pattern = `**/*${simulationFileEnding}`;
const pauseMilliseconds = 100;
/** Simulations that nobody saved are kept up to this number. */
const mostUnsaved = 20;

interface Entry {
  readonly kept: KeptSimulation;
  readonly uri: vscode.Uri;
  /** When the file was last written, for the order. */
  readonly written: number;
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
  #timer: NodeJS.Timeout | undefined;

  /** @param folder of the extension, for this workspace where there is one */
  constructor(private readonly folder: vscode.Uri) {
    super();
    const watcher = this.register(vscode.workspace.createFileSystemWatcher(pattern));
    const soon = (): void => {
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

  /** What is wrong with a file that could not be read: one sentence. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Reads all files again. */
  async reload(): Promise<void> {
    const own = await this.#ownFiles();
    const saved = await vscode.workspace.findFiles(pattern, '**/node_modules/**');
    const problems: string[] = [];
    const read = await Promise.all(
      [...own, ...saved].map(async (uri) => {
        try {
          return await entryOf(uri, saved.includes(uri));
        } catch (error) {
          problems.push(error instanceof RangeError ? error.message : `${nameOf(uri)} cannot be read.`);
          return undefined;
        }
      }),
    );
    const entries = read.filter((entry) => entry !== undefined);
    this.#entries = entries.sort((a, b) => b.written - a.written);
    this.#simulations = this.#entries.map(({ kept }) => kept);
    this.#problem = problems[0] ?? null;
    this.#changed.fire();
  }

  find(id: string): KeptSimulation | undefined {
    return this.#entries.find(({ kept }) => kept.id === id)?.kept;
  }

  uriOf(id: string): vscode.Uri | undefined {
    return this.#entries.find(({ kept }) => kept.id === id)?.uri;
  }

  /** Keeps a new one, and lets go of the oldest that were never saved. */
  async add(file: SimulationFile): Promise<void> {
    const uri = vscode.Uri.joinPath(this.folder, `${Date.now()}${simulationFileEnding}`);
    await write(uri, file);
    const unsaved = this.#entries.filter(({ kept }) => kept.file === null);
    await Promise.all(unsaved.slice(mostUnsaved - 1).map((entry) => vscode.workspace.fs.delete(entry.uri)));
    await this.reload();
  }

  async rename(id: string, name: string): Promise<void> {
    const entry = this.#entries.find(({ kept }) => kept.id === id);
    if (!entry) return;
    await write(entry.uri, { name, outcome: entry.kept.outcome });
    await this.reload();
  }

  /** Moves it from the extension's folder to where the user wants it. */
  async save(id: string, target: vscode.Uri): Promise<void> {
    const entry = this.#entries.find(({ kept }) => kept.id === id);
    if (!entry) return;
    await write(target, entry.kept);
    if (entry.kept.file === null) await vscode.workspace.fs.delete(entry.uri);
    await this.reload();
  }

  async remove(id: string): Promise<void> {
    const entry = this.#entries.find(({ kept }) => kept.id === id);
    if (!entry) return;
    await vscode.workspace.fs.delete(entry.uri, { useTrash: entry.kept.file !== null });
    await this.reload();
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

async function entryOf(uri: vscode.Uri, isSaved: boolean): Promise<Entry> {
  const bytes = await vscode.workspace.fs.readFile(uri);
  const { mtime } = await vscode.workspace.fs.stat(uri);
  const file = isSaved ? vscode.workspace.asRelativePath(uri) : null;
  const { name, outcome } = parseSimulation(new TextDecoder().decode(bytes), file ?? nameOf(uri));
  return { kept: { id: uri.toString(), name, file, outcome }, uri, written: mtime };
}

async function write(uri: vscode.Uri, { name, outcome }: SimulationFile): Promise<void> {
  const text = serializeSimulation({ name, outcome }, version);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1)!;
}
