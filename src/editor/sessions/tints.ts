import * as vscode from 'vscode';
import { CancelledError, type EngineClient } from '../../engine/engineClient';
import { attempt } from '../attempt';
import { Disposable } from '../disposable';
import { setContextKey } from '../setContextKey';
import type { ConceptStore } from '../stores/conceptStore';
import { settingsSection } from '../stores/settings';
import { DocumentTint } from './documentTint';

/** The tinted documents. */
export class Tints extends Disposable {
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  /** A tint came, went, or has new values; or another editor is in front. */
  readonly onDidChange = this.#changed.event;
  readonly #tints = new Map<vscode.TextDocument, DocumentTint>();
  #hasTint = false;

  constructor(
    private readonly store: ConceptStore,
    private readonly engine: EngineClient,
    private readonly log: vscode.LogOutputChannel,
  ) {
    super();
    const follow = (): void => {
      this.#follow();
    };
    const changed = (): void => {
      this.#fire();
    };
    this.register(store.onDidChange(follow));
    this.register(vscode.window.onDidChangeVisibleTextEditors(changed));
    this.register(vscode.window.onDidChangeActiveTextEditor(changed));
    this.register(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(settingsSection)) follow();
      }),
    );
    this.register(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const tint = this.#tints.get(document);
        if (!tint || contentChanges.length === 0) return;
        tint.edited(() => {
          this.#measure(tint);
        });
      }),
    );
    this.register(
      vscode.workspace.onDidCloseTextDocument((document) => {
        // VS Code also closes and opens a document whose language changes.
        setImmediate(() => {
          if (document.isClosed) this.clear(document);
        });
      }),
    );
    this.register({
      dispose: () => {
        for (const tint of this.#tints.values()) tint.dispose();
      },
    });
  }

  of(document: vscode.TextDocument): DocumentTint | undefined {
    return this.#tints.get(document);
  }

  /** The tint of the text in front, or else of one beside it. */
  get current(): DocumentTint | undefined {
    const { activeTextEditor: active, visibleTextEditors } = vscode.window;
    return [...(active ? [active] : []), ...visibleTextEditors]
      .map(({ document }) => this.of(document))
      .find((tint) => tint !== undefined);
  }

  /** Tints a document by one concept or two, in place of those before. */
  start(document: vscode.TextDocument, names: readonly string[]): void {
    const before = this.of(document);
    const tint = new DocumentTint(document, names, this.store, this.engine);
    tint.onDidChange(() => {
      this.#fire();
    });
    if (before) tint.standardizeAgainst(before.reference);
    before?.dispose();
    this.#tints.set(document, tint);
    this.#fire();
    this.#measure(tint);
  }

  /** Changes what a tint is standardized against; `null` for the document itself. */
  standardize(tint: DocumentTint, ...[reference]: Parameters<DocumentTint['standardizeAgainst']>): void {
    tint.standardizeAgainst(reference);
    this.#measure(tint);
  }

  clear(document: vscode.TextDocument): void {
    this.of(document)?.dispose();
    if (this.#tints.delete(document)) this.#fire();
  }

  #follow(): void {
    for (const tint of this.#tints.values())
      this.#attempt(tint, () => {
        if (tint.follow()) this.#measure(tint);
      });
  }

  #measure(tint: DocumentTint): void {
    this.#attempt(tint, () => tint.measure());
  }

  /** Clears a tint that cannot go on, and says why. */
  #attempt(tint: DocumentTint, work: () => unknown): void {
    void attempt(async () => {
      try {
        await work();
      } catch (error) {
        if (this.of(tint.document) !== tint) return;
        this.clear(tint.document);
        if (!(error instanceof CancelledError)) throw error;
      }
    }, this.log);
  }

  #fire(): void {
    const hasTint = this.current !== undefined;
    if (hasTint !== this.#hasTint) setContextKey('hasTint', hasTint);
    this.#hasTint = hasTint;
    this.#changed.fire();
  }
}
