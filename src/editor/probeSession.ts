import * as vscode from 'vscode';
import { CancelledError, EngineError, type EngineClient } from '../engine/engineClient';
import type { PanelState } from '../protocol/panelMessages';
import { nameOf, type ConceptStore } from './conceptStore';
import { Disposable } from './disposable';
import { readSettings, settingsSection } from './settings';

/** Edits come in bursts; a result is wanted when they pause. */
const pauseMilliseconds = 150;

/** Keeps one result up to date with the concept file: everything that shows geometry shows this state. */
export class ProbeSession extends Disposable {
  readonly #changed = this.register(new vscode.EventEmitter<PanelState>());
  readonly onDidChange = this.#changed.event;
  #state: PanelState = { conceptFile: null, result: null, progress: null, problem: null };
  #timer: NodeJS.Timeout | undefined;
  #running: AbortController | undefined;
  #isStale = false;

  constructor(
    private readonly store: ConceptStore,
    private readonly engine: EngineClient,
    private readonly log: vscode.LogOutputChannel,
  ) {
    super();
    this.register(
      store.onDidChange(() => {
        this.refresh();
      }),
    );
    this.register(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(settingsSection)) this.refresh();
      }),
    );
    this.register({
      dispose: () => {
        clearTimeout(this.#timer);
        this.#running?.abort();
      },
    });
  }

  get state(): PanelState {
    return this.#state;
  }

  /** Computes anew after a short pause, or as soon as the computation under way is done. */
  refresh(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#compute(), pauseMilliseconds);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#isStale = false;
    this.#running?.abort();
  }

  async #compute(): Promise<void> {
    if (this.#running) {
      this.#isStale = true;
      return;
    }
    const { state, concepts } = this.store;
    const conceptFile = state.kind === 'none' ? null : nameOf(state.uri);
    if (state.kind === 'invalid') {
      const { line, message } = state.problem;
      this.#set({ conceptFile, progress: null, problem: `${conceptFile ?? ''}, line ${line}: ${message}.` });
      return;
    }
    if (concepts.length === 0) {
      this.#set({ conceptFile, result: null, progress: null, problem: null });
      return;
    }
    const controller = new AbortController();
    this.#running = controller;
    this.#set({ conceptFile, problem: null, progress: { message: 'Starting', fraction: null } });
    try {
      const options = {
        signal: controller.signal,
        onProgress: (progress: PanelState['progress']) => {
          this.#set({ progress });
        },
      };
      const result = await this.engine.call(
        'probe',
        { ...readSettings(), concepts, tokens: this.store.tokens },
        options,
      );
      this.#set({ result, progress: null });
    } catch (error) {
      this.#set({ progress: null, problem: this.#problemOf(error) });
    } finally {
      this.#running = undefined;
      if (this.#isStale) {
        this.#isStale = false;
        this.refresh();
      }
    }
  }

  #problemOf(error: unknown): string {
    if (error instanceof CancelledError) return 'Cancelled.';
    if (error instanceof EngineError && error.expected) return error.message;
    this.log.error(error instanceof Error ? error : String(error));
    return 'The engine failed; the log says more.';
  }

  #set(change: Partial<PanelState>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed.fire(this.#state);
  }
}
