import * as vscode from 'vscode';
import type { Concept } from '../concepts/concept';
import {
  emptyConceptFile,
  parseConceptFile,
  serializeConceptFile,
  type ConceptFile,
  type ConceptFileProblem,
} from '../concepts/conceptFile';
import { defaultTokenRule, type TokenRule } from '../concepts/tokenRule';
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
  #reloads = 0;
  #edits: Promise<unknown> = Promise.resolve();

  constructor(private readonly memory: vscode.Memento) {
    super();
    const watcher = this.register(vscode.workspace.createFileSystemWatcher(conceptFilePattern));
    const soon = (): void => {
      this.#reloadSoon();
    };
    this.register(watcher.onDidCreate(soon));
    this.register(watcher.onDidDelete(soon));
    this.register(watcher.onDidChange(soon));
    this.register(vscode.workspace.onDidChangeWorkspaceFolders(soon));
    this.register(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (this.#isInUse(document.uri)) soon();
      }),
    );
    this.register(
      vscode.workspace.onDidRenameFiles(({ files }) => {
        const renamed = files.find(({ oldUri }) => this.#isInUse(oldUri));
        if (renamed) void this.choose(renamed.newUri);
      }),
    );
    this.register({
      dispose: () => {
        clearTimeout(this.#timer);
      },
    });
  }

  get state(): ConceptState {
    return this.#state;
  }

  /** The concepts in use; none while the file is missing or invalid. */
  get concepts(): readonly Concept[] {
    return this.#state.kind === 'valid' ? this.#state.file.concepts : [];
  }

  /** How the concept file in use wants words cut. */
  get tokens(): TokenRule {
    return this.#state.kind === 'valid' ? (this.#state.file.tokens ?? defaultTokenRule) : defaultTokenRule;
  }

  /** Reads the concept file again: the chosen one, else the one in use, else the first of the workspace. */
  async reload(): Promise<void> {
    const reload = ++this.#reloads;
    const uris = await this.files();
    const chosen = this.memory.get<string>(chosenKey);
    const uri =
      uris.find((candidate) => candidate.toString() === chosen) ??
      uris.find((candidate) => this.#isInUse(candidate)) ??
      uris[0];
    const state: ConceptState = uri ? await read(uri) : { kind: 'none' };
    // Of two reloads at once, the later knows better.
    if (reload === this.#reloads) this.#set(state);
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

  /** @throws UserError if {@link edit} could not work now, which is better said before a user is asked anything */
  async assertEditable(): Promise<void> {
    if (this.#state.kind === 'none' && !vscode.workspace.workspaceFolders?.[0]) {
      throw new UserError('Open a folder first: the pairs are kept in a concept file in it.');
    }
    if (this.#state.kind === 'invalid') await refuse(this.#state);
  }

  /**
   * Changes the list of concepts through the editor: undoable, and saved unless the user has unsaved edits there. The
   * file is made if the workspace has none. Edits wait for each other.
   *
   * @param tokens instead of the file's own rule
   * @throws UserError if the file is invalid, which is then left alone and shown
   */
  edit(change: (concepts: readonly Concept[]) => readonly Concept[], tokens?: TokenRule): Promise<void> {
    const edit = this.#edits.then(() => this.#edit(change, tokens));
    this.#edits = edit.catch(() => undefined);
    return edit;
  }

  async #edit(
    change: (concepts: readonly Concept[]) => readonly Concept[],
    tokens: TokenRule | undefined,
  ): Promise<void> {
    await this.assertEditable();
    const uri = this.#state.kind === 'none' ? await create() : this.#state.uri;
    const document = await vscode.workspace.openTextDocument(uri);
    const text = document.getText();
    const parsed = parseConceptFile(text);
    if (!parsed.ok) return refuse({ uri, problem: parsed.problem });
    const concepts = change(parsed.file.concepts);
    if (concepts === parsed.file.concepts && !tokens) return;
    const lines = serializeConceptFile({ ...parsed.file, ...(tokens && { tokens }), concepts });
    const next = document.eol === vscode.EndOfLine.CRLF ? lines.replaceAll('\n', '\r\n') : lines;
    const checked = parseConceptFile(next);
    if (!checked.ok)
      throw new UserError(`This cannot be kept in ${nameOf(uri)}: ${checked.problem.message}.`);
    await replaceText(document, text, next);
    this.#set({ kind: 'valid', uri, file: checked.file });
  }

  #isInUse(uri: vscode.Uri): boolean {
    return this.#state.kind !== 'none' && this.#state.uri.toString() === uri.toString();
  }

  #reloadSoon(): void {
    // A file that is being written is empty for a moment, and typing comes in bursts.
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.reload(), pauseMilliseconds);
  }

  #set(state: ConceptState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.#changed.fire();
  }
}

/** A new concept file, or the one that is there although the search for files passes over it. */
async function create(): Promise<vscode.Uri> {
  const folder = vscode.workspace.workspaceFolders![0]!;
  const uri = vscode.Uri.joinPath(folder.uri, 'pairs.concepts.json');
  const exists = await vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  const text = serializeConceptFile(emptyConceptFile);
  if (!exists) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

async function replaceText(document: vscode.TextDocument, before: string, after: string): Promise<void> {
  const { uri } = document;
  const wasDirty = document.isDirty;
  const { start, end, replacement } = smallestChange(before, after);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), replacement);
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new UserError(`${nameOf(uri)} could not be changed; is it read-only?`);
  }
  if (!wasDirty && !(await document.save())) {
    throw new UserError(`${nameOf(uri)} was changed but could not be saved; save it by hand.`);
  }
}

/** What is in the editor wins over what is on disk. A file that cannot be read is an invalid one. */
async function read(uri: vscode.Uri): Promise<ConceptState> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  try {
    const text = open?.getText() ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    const parsed = parseConceptFile(text);
    return parsed.ok
      ? { kind: 'valid', uri, file: parsed.file }
      : { kind: 'invalid', uri, problem: parsed.problem };
  } catch (error) {
    const reason = error instanceof vscode.FileSystemError ? error.code : String(error);
    return {
      kind: 'invalid',
      uri,
      problem: { message: `it cannot be read (${reason})`, line: 1, column: 1 },
    };
  }
}

/** Shows where the file is wrong. @throws UserError always */
async function refuse({ uri, problem }: { uri: vscode.Uri; problem: ConceptFileProblem }): Promise<never> {
  const position = new vscode.Position(problem.line - 1, problem.column - 1);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(position, position) });
  throw new UserError(`Mend ${nameOf(uri)} first: line ${problem.line}, ${problem.message}.`);
}

export function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1)!;
}
