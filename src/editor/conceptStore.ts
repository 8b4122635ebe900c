import * as vscode from 'vscode';
import type { Concept } from '../concepts/concept';
import {
  emptyConceptFile,
  parseConceptFile,
  serializeConceptFile,
  type ConceptFile,
  type ConceptFileProblem,
} from '../concepts/conceptFile';
import { smallestChange } from '../concepts/smallestChange';
import { Disposable } from './disposable';
import { UserError } from './registerCommands';

export const conceptFilePattern = '**/*.concepts.json';

/** The workspace's concept file as it stands, saved or not. */
export type ConceptState =
  | { readonly kind: 'none' }
  | { readonly kind: 'valid'; readonly uri: vscode.Uri; readonly file: ConceptFile }
  | { readonly kind: 'invalid'; readonly uri: vscode.Uri; readonly problem: ConceptFileProblem };

const chosenKey = 'conceptFile';
const pauseMilliseconds = 50;

/**
 * The one concept file in use: follows edits by hand, and edits it as a user would, so that undo works.
 */
export class ConceptStore extends Disposable {
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  #state: ConceptState = { kind: 'none' };
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly memory: vscode.Memento) {
    super();
    const watcher = this.register(vscode.workspace.createFileSystemWatcher(conceptFilePattern));
    const reload = (): void => {
      // A file that is being written is empty for a moment.
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.reload(), pauseMilliseconds);
    };
    this.register({
      dispose: () => {
        clearTimeout(this.#timer);
      },
    });
    this.register(watcher.onDidCreate(reload));
    this.register(watcher.onDidDelete(reload));
    this.register(watcher.onDidChange(reload));
    this.register(vscode.workspace.onDidChangeWorkspaceFolders(reload));
    this.register(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (this.#state.kind !== 'none' && document.uri.toString() === this.#state.uri.toString()) {
          this.#read(document.uri, document.getText());
        }
      }),
    );
  }

  get state(): ConceptState {
    return this.#state;
  }

  /** The concepts in use; none while the file is missing or invalid. */
  get concepts(): readonly Concept[] {
    return this.#state.kind === 'valid' ? this.#state.file.concepts : [];
  }

  /** Reads the chosen concept file again, or the first of the workspace. */
  async reload(): Promise<void> {
    const uris = await this.files();
    const chosen = this.memory.get<string>(chosenKey);
    const uri = uris.find((candidate) => candidate.toString() === chosen) ?? uris[0];
    if (uri) this.#read(uri, await textOf(uri));
    else this.#set({ kind: 'none' });
  }

  /** All concept files of the workspace, in order of their paths. */
  async files(): Promise<vscode.Uri[]> {
    const uris = await vscode.workspace.findFiles(conceptFilePattern, '**/node_modules/**');
    return uris.sort((a, b) => a.path.localeCompare(b.path));
  }

  /** Uses another file of the workspace from now on. */
  async choose(uri: vscode.Uri): Promise<void> {
    await this.memory.update(chosenKey, uri.toString());
    await this.reload();
  }

  /**
   * Changes the list of concepts through the editor: undoable, and saved unless the user has unsaved edits there. The
   * file is made if the workspace has none.
   *
   * @throws UserError if the file is invalid, which is then left alone and shown
   */
  async edit(change: (concepts: readonly Concept[]) => readonly Concept[]): Promise<void> {
    const uri = this.#state.kind === 'none' ? await this.#create() : this.#state.uri;
    const document = await vscode.workspace.openTextDocument(uri);
    const text = document.getText();
    const parsed = parseConceptFile(text);
    if (!parsed.ok) {
      await showAt(document, parsed.problem);
      throw new UserError(
        `Mend ${nameOf(uri)} first: line ${parsed.problem.line}, ${parsed.problem.message}.`,
      );
    }
    const wasDirty = document.isDirty;
    const next = serializeConceptFile({ ...parsed.file, concepts: change(parsed.file.concepts) });
    const { start, end, replacement } = smallestChange(text, next);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), replacement);
    if (!(await vscode.workspace.applyEdit(edit)))
      throw new UserError(`${nameOf(uri)} could not be changed; is it read-only?`);
    if (!wasDirty && !(await document.save()))
      throw new UserError(`${nameOf(uri)} was changed but could not be saved; save it by hand.`);
    this.#read(uri, document.getText());
  }

  async #create(): Promise<vscode.Uri> {
    const folder = vscode.workspace.workspaceFolders?.[0];
    if (!folder) throw new UserError('Open a folder first: the pairs are kept in a concept file in it.');
    const uri = vscode.Uri.joinPath(folder.uri, 'pairs.concepts.json');
    await vscode.workspace.fs.writeFile(
      uri,
      new TextEncoder().encode(serializeConceptFile(emptyConceptFile)),
    );
    return uri;
  }

  #read(uri: vscode.Uri, text: string): void {
    const parsed = parseConceptFile(text);
    this.#set(
      parsed.ok
        ? { kind: 'valid', uri, file: parsed.file }
        : { kind: 'invalid', uri, problem: parsed.problem },
    );
  }

  #set(state: ConceptState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.#changed.fire();
  }
}

export function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1)!;
}

/** What is in the editor wins over what is on disk. */
async function textOf(uri: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  return open?.getText() ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

async function showAt(document: vscode.TextDocument, { line, column }: ConceptFileProblem): Promise<void> {
  const position = new vscode.Position(line - 1, column - 1);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position) });
}
