import { UserError } from '../../errors';
import { UserErrorWithActions } from '../attempt';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Concept } from '../../concepts/concept';
import {
  conceptFileSuffix,
  parseConceptFile,
  serializeConceptFile,
  type ConceptFile,
  type ConceptFileProblem,
} from '../../concepts/conceptFile';
import type { Contexts } from '../../concepts/contexts';
import { sectionOf, withSection, type FileSection } from '../../concepts/fileSections';
import { defaultTokenRule, type TokenRule } from '../../concepts/tokenRule';
import {
  conceptFileIn,
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
import { Turns } from '../turns';
import { EditHistory } from './editHistory';
import { SavedText } from './savedText';
import { openLine } from '../showLine';

export const conceptFilePattern = '**/*.concepts.json';

/** The current state of the workspace's concept file, saved or not. */
export type ConceptState =
  | { readonly kind: 'none' }
  | { readonly kind: 'valid'; readonly uri: vscode.Uri; readonly file: ConceptFile }
  | {
      readonly kind: 'invalid';
      readonly uri: vscode.Uri;
      readonly problem: ConceptFileProblem;
      /** The contents of the file when it was last valid since it has been in use. */
      readonly lastValid: ConceptFile | null;
    };

/** A concept file as the user knows it. */
export interface FilePlace {
  /** The file's name, or its path in the workspace if there are several concept files. */
  readonly label: string;
  /** Its position among the workspace's concept files in order of their paths, from 1. */
  readonly position: number;
  readonly count: number;
}

const chosenKey = 'conceptFile';
const pauseMilliseconds = 50;

type Change = (concepts: readonly Concept[]) => readonly Concept[];
type FileChange = (file: ConceptFile) => ConceptFile;

/** The current concept file. Follows edits by hand, and makes its own through the editor, so that undo works. */
export class ConceptStore extends Disposable {
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  /** By file, so that undo changes only what the user sees. */
  readonly #histories = new Map<string, EditHistory>();
  readonly #saved = new SavedText((uri) => this.choose(uri));
  #state: ConceptState = { kind: 'none' };
  #files: readonly vscode.Uri[] = [];
  #timer: NodeJS.Timeout | undefined;
  #reloads = 0;
  readonly #edits = new Turns();

  /** @param scratch the folder of the concept file of a window without a folder */
  constructor(
    private readonly memory: vscode.Memento,
    private readonly scratch: vscode.Uri,
  ) {
    super();
    const pattern = hasFolder() ? conceptFilePattern : new vscode.RelativePattern(scratch, '*.concepts.json');
    const watcher = this.register(vscode.workspace.createFileSystemWatcher(pattern));
    const soon = (): void => {
      this.#reloadSoon();
    };
    const soonIf = (uris: readonly vscode.Uri[]): void => {
      if (uris.some((uri) => this.#isInUse(uri))) soon();
    };
    this.register(watcher.onDidCreate(soon));
    this.register(watcher.onDidDelete(soon));
    // Of a deleted folder, only the folder itself is reported.
    const deletions = this.register(vscode.workspace.createFileSystemWatcher('**', true, true, false));
    this.register(
      deletions.onDidDelete(({ path }) => {
        if (this.#files.some((file) => file.path.startsWith(`${path}/`))) soon();
      }),
    );
    this.register(watcher.onDidChange(soon));
    this.register(vscode.workspace.onDidChangeWorkspaceFolders(soon));
    this.register(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        soonIf([document.uri]);
      }),
    );
    // Closing its tab discards a text whose file was deleted.
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

  /** The current concepts: the last valid ones while the file is invalid, none while it is missing. */
  get concepts(): readonly Concept[] {
    return this.file?.concepts ?? [];
  }

  /** The contexts of the current concept file. */
  get contexts(): Contexts {
    return this.file ?? {};
  }

  /** A list of the current concept file. See {@link sectionOf}. */
  section(section: FileSection): readonly Concept[] {
    return this.file ? sectionOf(this.file, section) : [];
  }

  /** The token rule of the current concept file. */
  get tokens(): TokenRule {
    return this.file?.tokens ?? defaultTokenRule;
  }

  /** Where the current file is among the workspace's concept files; `null` without one. */
  get place(): FilePlace | null {
    if (this.#state.kind === 'none') return null;
    const { uri } = this.#state;
    const count = Math.max(1, this.#files.length);
    const at = this.#files.findIndex((file) => this.#isInUse(file));
    const label = count > 1 ? vscode.workspace.asRelativePath(uri) : nameOf(uri);
    return { label, position: Math.max(0, at) + 1, count };
  }

  /** The concept files of the workspace that are not in use. */
  get others(): readonly vscode.Uri[] {
    return this.#files.filter((file) => !this.#isInUse(file));
  }

  /** The contents of the current concept file: the last valid ones while it is invalid, `null` while it is missing. */
  get file(): ConceptFile | null {
    if (this.#state.kind === 'none') return null;
    return this.#state.kind === 'valid' ? this.#state.file : this.#state.lastValid;
  }

  /**
   * Reads the concept file again: the selected one, else the current one, else the first of the workspace, else the current
   * one if it was deleted but is still open.
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
    // Of two concurrent reloads, the later one has the newer state.
    if (reload === this.#reloads) this.#set(state, uris);
  }

  /**
   * All concept files of the workspace in order of their paths, including those that exist only in the editor. Without a
   * workspace, the one in the scratch folder.
   */
  async files(): Promise<vscode.Uri[]> {
    if (!hasFolder()) {
      const uri = conceptFileIn(this.scratch);
      return openDocument(uri)?.isDirty || (await exists(uri)) ? [uri] : [];
    }
    const found = await vscode.workspace.findFiles(conceptFilePattern, '**/node_modules/**');
    const unsaved = vscode.workspace.textDocuments
      .filter(({ isDirty, uri }) => isDirty && isConceptFile(uri))
      .map(({ uri }) => uri);
    const uris = new Map([...found, ...unsaved].map((uri) => [uri.toString(), uri]));
    return [...uris.values()].sort((a, b) => a.path.localeCompare(b.path));
  }

  /** From now on, uses another file of the workspace. */
  async choose(uri: vscode.Uri): Promise<void> {
    await this.memory.update(chosenKey, uri.toString());
    await this.reload();
  }

  /** Call it before asking the user anything. @throws UserError if {@link edit} could not work now */
  assertEditable(): void {
    if (this.#state.kind === 'invalid') refuse(this.#state);
  }

  /** Changes the list of concepts, or another list of the file. See {@link editFile}. */
  edit(change: Change, section: FileSection = 'concepts'): Promise<void> {
    return this.editFile((file) => {
      const before = sectionOf(file, section);
      const after = change(before);
      return after === before ? file : withSection(file, section, after);
    });
  }

  /**
   * Changes the file through the editor, where it can be undone, and saves it. Creates the file if the workspace has none.
   * Edits run one after the other.
   *
   * @param change returns the same object if nothing changes
   * @throws UserError if the file is invalid, which leaves it unchanged, or if it could not be saved: the change is then
   *   only in the editor, and the error offers actions
   */
  editFile(change: FileChange): Promise<void> {
    return this.#edits.run(() => this.#edit(change));
  }

  /** Whether {@link move} has an edit to undo or redo. */
  canMove(way: 'undo' | 'redo'): boolean {
    return this.#state.kind !== 'none' && this.#historyOf(this.#state.uri).next(way) !== undefined;
  }

  /**
   * Undoes or redoes the last edit of this file. Does nothing without one, as in an editor.
   *
   * @throws UserError if something else has changed the file since
   */
  async move(way: 'undo' | 'redo'): Promise<void> {
    await this.#edits.run(async () => {
      const history = this.#state.kind === 'none' ? undefined : this.#historyOf(this.#state.uri);
      const edit = history?.next(way);
      if (!history || !edit) return;
      const uri = vscode.Uri.parse(edit.uri);
      const document = await vscode.workspace.openTextDocument(uri);
      const [from, to] = way === 'undo' ? [edit.after, edit.before] : [edit.before, edit.after];
      const text = await startingText(document);
      if (text !== from || document.getText() !== from || !(await replaceText(document, to)))
        throw new UserErrorWithActions(
          way === 'undo'
            ? t`${nameOf(uri)} has been changed by something else since. Use undo in the file itself.`
            : t`${nameOf(uri)} has been changed by something else since. Use redo in the file itself.`,
          [{ title: t('Open File'), run: () => vscode.window.showTextDocument(uri) }],
        );
      history.moved(way);
      await this.#saved.save(document);
    });
    await this.reload();
  }

  async #edit(change: FileChange): Promise<void> {
    const { state } = this;
    // VS Code may not have reported its deletion yet.
    if (state.kind !== 'none' && !openDocument(state.uri) && !(await exists(state.uri))) await this.reload();
    this.assertEditable();
    const uri =
      this.#state.kind === 'none'
        ? await newConceptFile((folderInUse() ?? vscode.workspace.workspaceFolders?.[0])?.uri ?? this.scratch)
        : this.#state.uri;
    const document = await vscode.workspace.openTextDocument(uri);
    const text = await startingText(document);
    const { version, isDirty } = document;
    if (!isDirty) this.#saved.is(uri, text);
    const parsed = parseConceptFile(text);
    if (!parsed.ok) return refuse({ uri, problem: parsed.problem });
    const changed = change(parsed.file);
    if (changed === parsed.file) return;
    const lines = serializeConceptFile(changed);
    const next = document.eol === vscode.EndOfLine.CRLF ? lines.replaceAll('\n', '\r\n') : lines;
    const checked = parseConceptFile(next);
    if (!checked.ok)
      throw new UserError(t`This cannot be saved in ${nameOf(uri)}: ${checked.problem.message}.`);
    if (!(await replaceText(document, next))) {
      if (document.version !== version) return this.#edit(change);
      throw new UserError(t`${nameOf(uri)} could not be changed. Check whether it is read-only.`);
    }
    this.#historyOf(uri).add({ uri: uri.toString(), before: text, after: next });
    this.#set({ kind: 'valid', uri, file: checked.file });
    await this.#saved.save(document);
  }

  /** The text in the editor takes precedence over the file on disk. A file that cannot be read counts as invalid. */
  async #read(uri: vscode.Uri): Promise<ConceptState> {
    const lastValid = this.#isInUse(uri) ? this.file : null;
    const open = openDocument(uri);
    try {
      const text = open?.getText() ?? (await textOnDisk(uri));
      if (!open?.isDirty) this.#saved.is(uri, text);
      const parsed = parseConceptFile(text);
      if (parsed.ok) return { kind: 'valid', uri, file: parsed.file };
      return { kind: 'invalid', uri, problem: parsed.problem, lastValid };
    } catch (error) {
      const reason = error instanceof vscode.FileSystemError ? error.code : String(error);
      const problem = { message: t`it cannot be read (${reason})`, line: 1, column: 1 };
      return { kind: 'invalid', uri, problem, lastValid };
    }
  }

  #isInUse(uri: vscode.Uri): boolean {
    return this.#state.kind !== 'none' && this.#state.uri.toString() === uri.toString();
  }

  /** The new location of the current file if it or a parent folder was renamed. */
  #renamed({ oldUri, newUri }: { oldUri: vscode.Uri; newUri: vscode.Uri }): vscode.Uri | undefined {
    if (this.#state.kind === 'none') return undefined;
    if (this.#isInUse(oldUri)) return newUri;
    const { path } = this.#state.uri;
    return path.startsWith(`${oldUri.path}/`)
      ? newUri.with({ path: newUri.path + path.slice(oldUri.path.length) })
      : undefined;
  }

  #reloadSoon(): void {
    // A file that is being written is empty for a moment, and keystrokes come in bursts.
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.reload(), pauseMilliseconds);
  }

  #historyOf(uri: vscode.Uri): EditHistory {
    const key = uri.toString();
    const known = this.#histories.get(key) ?? new EditHistory();
    this.#histories.set(key, known);
    return known;
  }

  #set(state: ConceptState, files = this.#files): void {
    const before = JSON.stringify([this.#state, this.#files]);
    this.#state = state;
    this.#files = files;
    if (JSON.stringify([state, files]) !== before) this.#changed.fire();
  }
}

/** The workspace folder of the text that the user is in. */
function folderInUse(): vscode.WorkspaceFolder | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document && vscode.workspace.getWorkspaceFolder(document.uri);
}

/** @throws UserError always */
function refuse({ uri, problem }: { uri: vscode.Uri; problem: ConceptFileProblem }): never {
  const { line, message } = problem;
  throw new UserErrorWithActions(t`Fix ${nameOf(uri)} first. Line ${line}: ${message}.`, [
    openLine(uri, problem),
  ]);
}

function hasFolder(): boolean {
  return vscode.workspace.workspaceFolders?.[0] !== undefined;
}

function isConceptFile(uri: vscode.Uri): boolean {
  return uri.path.endsWith(conceptFileSuffix) && vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}
