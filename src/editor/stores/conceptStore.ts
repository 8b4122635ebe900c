import { UserError } from '../../errors';
import { UserErrorWithActions } from '../attempt';
import * as vscode from 'vscode';
import type { Concept } from '../../concepts/concept';
import {
  parseConceptFile,
  serializeConceptFile,
  type ConceptFile,
  type ConceptFileProblem,
} from '../../concepts/conceptFile';
import { defaultTokenRule, type TokenRule } from '../../concepts/tokenRule';
import {
  exists,
  isKept,
  nameOf,
  newConceptFile,
  openDocument,
  replaceText,
  startingText,
  textOnDisk,
} from './conceptDocument';
import { Disposable } from '../disposable';
import { EditHistory } from './editHistory';
import { SavedText } from './savedText';
import { openLine } from '../showLine';

export const conceptFilePattern = '**/*.concepts.json';

/** The workspace's concept file as it stands, saved or not. */
export type ConceptState =
  | { readonly kind: 'none' }
  | { readonly kind: 'valid'; readonly uri: vscode.Uri; readonly file: ConceptFile }
  | {
      readonly kind: 'invalid';
      readonly uri: vscode.Uri;
      readonly problem: ConceptFileProblem;
      /** What the file held when it was valid last, as long as it has been in use. */
      readonly lastValid: ConceptFile | null;
    };

const chosenKey = 'conceptFile';
const pauseMilliseconds = 50;

type Change = (concepts: readonly Concept[]) => readonly Concept[];

/**
 * The one concept file in use: follows edits by hand, and edits it as a user would, so that undo works.
 */
export class ConceptStore extends Disposable {
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  readonly #history = new EditHistory();
  readonly #saved = new SavedText((uri) => this.choose(uri));
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
    const soonIf = (uris: readonly vscode.Uri[]): void => {
      if (uris.some((uri) => this.#isInUse(uri))) soon();
    };
    this.register(watcher.onDidCreate(soon));
    this.register(watcher.onDidDelete(soon));
    this.register(watcher.onDidChange(soon));
    this.register(vscode.workspace.onDidChangeWorkspaceFolders(soon));
    this.register(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        soonIf([document.uri]);
      }),
    );
    // With its tab goes a text whose file was deleted.
    this.register(
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        soonIf(closed.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : [])));
      }),
    );
    this.register(
      vscode.workspace.onDidRenameFiles(({ files }) => {
        const uri = files.map((renamed) => this.#renamed(renamed)).find((found) => found !== undefined);
        if (uri) void this.choose(uri);
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

  /** The concepts in use: the last valid ones while the file is invalid, none while it is missing. */
  get concepts(): readonly Concept[] {
    return this.#file?.concepts ?? [];
  }

  /** How the concept file in use wants words cut. */
  get tokens(): TokenRule {
    return this.#file?.tokens ?? defaultTokenRule;
  }

  get #file(): ConceptFile | null {
    if (this.#state.kind === 'none') return null;
    return this.#state.kind === 'valid' ? this.#state.file : this.#state.lastValid;
  }

  /**
   * Reads the concept file again: the chosen one, else the one in use, else the first of the workspace, else the one in
   * use that was deleted, if it is open still.
   */
  async reload(): Promise<void> {
    const reload = ++this.#reloads;
    const uris = await this.files();
    const chosen = this.memory.get<string>(chosenKey);
    const uri =
      uris.find((candidate) => candidate.toString() === chosen) ??
      uris.find((candidate) => this.#isInUse(candidate)) ??
      uris[0] ??
      vscode.workspace.textDocuments.find((document) => this.#isInUse(document.uri) && isKept(document))?.uri;
    const state: ConceptState = uri ? await this.#read(uri) : { kind: 'none' };
    // Of two reloads at once, the later knows better.
    if (reload === this.#reloads) this.#set(state);
  }

  /** All concept files of the workspace, in order of their paths; those too that are in the editor only. */
  async files(): Promise<vscode.Uri[]> {
    const found = await vscode.workspace.findFiles(conceptFilePattern, '**/node_modules/**');
    const unsaved = vscode.workspace.textDocuments
      .filter(({ isDirty, uri }) => isDirty && isConceptFile(uri))
      .map(({ uri }) => uri);
    const uris = new Map([...found, ...unsaved].map((uri) => [uri.toString(), uri]));
    return [...uris.values()].sort((a, b) => a.path.localeCompare(b.path));
  }

  /** Uses another file of the workspace from now on. */
  async choose(uri: vscode.Uri): Promise<void> {
    await this.memory.update(chosenKey, uri.toString());
    await this.reload();
  }

  /** @throws UserError if {@link edit} could not work now, which is better said before a user is asked anything */
  assertEditable(): void {
    if (this.#state.kind === 'none' && !vscode.workspace.workspaceFolders?.[0]) {
      throw new UserError('Open a folder first: the pairs are kept in a concept file in it.');
    }
    if (this.#state.kind === 'invalid') refuse(this.#state);
  }

  /**
   * Changes the list of concepts through the editor, where it can be undone, and saves it. The file is made if the
   * workspace has none. Edits wait for each other.
   *
   * @param tokens instead of the file's own rule
   * @throws UserError if the file is invalid, which is then left alone, or if it could not be saved: the change is then
   *   in the editor only, and what helps is offered
   */
  edit(change: Change, tokens?: TokenRule): Promise<void> {
    return this.#inTurn(() => this.#edit(change, tokens));
  }

  /** Takes the last edit back, or makes it again. @throws UserError if the file was changed by something else since */
  async move(way: 'undo' | 'redo'): Promise<void> {
    await this.#inTurn(async () => {
      const edit = this.#history.next(way);
      if (!edit) throw new UserError(`There is nothing to ${way}.`);
      const uri = vscode.Uri.parse(edit.uri);
      const document = await vscode.workspace.openTextDocument(uri);
      const [from, to] = way === 'undo' ? [edit.after, edit.before] : [edit.before, edit.after];
      const text = await startingText(document);
      if (text !== from || document.getText() !== from || !(await replaceText(document, to)))
        throw new UserErrorWithActions(
          `${nameOf(uri)} was changed by something else since; ${way} in the file itself.`,
          [{ title: 'Open File', run: () => vscode.window.showTextDocument(uri) }],
        );
      this.#history.moved(way);
      await this.#saved.save(document);
    });
    await this.reload();
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#edits.then(work);
    this.#edits = turn.catch(() => undefined);
    return turn;
  }

  async #edit(change: Change, tokens: TokenRule | undefined): Promise<void> {
    const { state } = this;
    // Its deletion may not have been told yet.
    if (state.kind !== 'none' && !openDocument(state.uri) && !(await exists(state.uri))) await this.reload();
    this.assertEditable();
    const uri =
      this.#state.kind === 'none'
        ? await newConceptFile(vscode.workspace.workspaceFolders![0]!)
        : this.#state.uri;
    const document = await vscode.workspace.openTextDocument(uri);
    const text = await startingText(document);
    const { version, isDirty } = document;
    if (!isDirty) this.#saved.is(uri, text);
    const parsed = parseConceptFile(text);
    if (!parsed.ok) return refuse({ uri, problem: parsed.problem });
    const concepts = change(parsed.file.concepts);
    if (concepts === parsed.file.concepts && !tokens) return;
    const lines = serializeConceptFile({ ...parsed.file, ...(tokens && { tokens }), concepts });
    const next = document.eol === vscode.EndOfLine.CRLF ? lines.replaceAll('\n', '\r\n') : lines;
    const checked = parseConceptFile(next);
    if (!checked.ok)
      throw new UserError(`This cannot be kept in ${nameOf(uri)}: ${checked.problem.message}.`);
    if (!(await replaceText(document, next))) {
      if (document.version !== version) return this.#edit(change, tokens);
      throw new UserError(`${nameOf(uri)} could not be changed; is it read-only?`);
    }
    this.#history.add({ uri: uri.toString(), before: text, after: next });
    this.#set({ kind: 'valid', uri, file: checked.file });
    await this.#saved.save(document);
  }

  /** What is in the editor wins over what is on disk. A file that cannot be read is an invalid one. */
  async #read(uri: vscode.Uri): Promise<ConceptState> {
    const lastValid = this.#isInUse(uri) ? this.#file : null;
    const open = openDocument(uri);
    try {
      const text = open?.getText() ?? (await textOnDisk(uri));
      if (!open?.isDirty) this.#saved.is(uri, text);
      const parsed = parseConceptFile(text);
      if (parsed.ok) return { kind: 'valid', uri, file: parsed.file };
      return { kind: 'invalid', uri, problem: parsed.problem, lastValid };
    } catch (error) {
      const reason = error instanceof vscode.FileSystemError ? error.code : String(error);
      const problem = { message: `it cannot be read (${reason})`, line: 1, column: 1 };
      return { kind: 'invalid', uri, problem, lastValid };
    }
  }

  #isInUse(uri: vscode.Uri): boolean {
    return this.#state.kind !== 'none' && this.#state.uri.toString() === uri.toString();
  }

  /** The new place of the file in use, if it or a folder above it was renamed. */
  #renamed({ oldUri, newUri }: { oldUri: vscode.Uri; newUri: vscode.Uri }): vscode.Uri | undefined {
    if (this.#state.kind === 'none') return undefined;
    if (this.#isInUse(oldUri)) return newUri;
    const { path } = this.#state.uri;
    return path.startsWith(`${oldUri.path}/`)
      ? newUri.with({ path: newUri.path + path.slice(oldUri.path.length) })
      : undefined;
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

/** @throws UserError always */
function refuse({ uri, problem }: { uri: vscode.Uri; problem: ConceptFileProblem }): never {
  const { line, message } = problem;
  throw new UserErrorWithActions(`Fix ${nameOf(uri)} first, line ${line}: ${message}.`, [
    openLine(uri, problem),
  ]);
}

function isConceptFile(uri: vscode.Uri): boolean {
  return uri.path.endsWith('.concepts.json') && vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}
