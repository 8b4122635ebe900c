import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EngineClient } from '../../engine/engineClient';
import type { ContinueRequest } from '../../protocol/contextResult';
import type { ContinuationState } from '../../protocol/steeringMessages';
import { Estimate } from '../../format/estimate';
import { Disposable } from '../disposable';
import { problemOf } from './problemOf';

/** Continues the steered context for several α, one run at a time. */
export class Continuation extends Disposable {
  readonly #changed = this.register(new vscode.EventEmitter<ContinuationState | null>());
  readonly onDidChange = this.#changed.event;
  #state: ContinuationState | null = null;
  #running: AbortController | undefined;

  constructor(
    private readonly engine: EngineClient,
    private readonly log: vscode.LogOutputChannel,
  ) {
    super();
    this.register({ dispose: this.cancel.bind(this) });
  }

  /** Ends the run under way and starts this one. What was written before stays until something new is written. */
  async write(request: ContinueRequest): Promise<void> {
    this.cancel();
    const running = new AbortController();
    this.#running = running;
    const { alphas, count, temperature, seed } = request;
    const start = { message: t('Starting'), fraction: null };
    this.#set({ written: this.#state?.written ?? null, progress: start, problem: null, isOutdated: false });
    const estimate = new Estimate();
    try {
      const result = await this.engine.call('continue', request, {
        signal: running.signal,
        onProgress: (progress) => {
          const { fraction } = progress;
          const message = estimate.text(progress);
          if (this.#running === running) this.#update({ progress: { message, fraction } });
        },
      });
      const written = { choice: { alphas, count, temperature, seed }, result };
      if (this.#running === running) this.#update({ written, progress: null });
    } catch (error) {
      // Another run, or the end of the view, cancelled it.
      if (this.#running !== running) return;
      this.#update({ progress: null, problem: problemOf(error, this.log) });
    }
    this.#running = undefined;
  }

  cancel(): void {
    this.#running?.abort();
  }

  /** The context or the direction is another one. */
  clear(): void {
    const running = this.#running;
    this.#running = undefined;
    running?.abort();
    if (this.#state) this.#set(null);
  }

  /** The numbers behind what was written have changed. */
  outdate(): void {
    this.#update({ isOutdated: true });
  }

  #update(change: Partial<ContinuationState>): void {
    if (this.#state) this.#set({ ...this.#state, ...change });
  }

  #set(state: ContinuationState | null): void {
    this.#state = state;
    this.#changed.fire(state);
  }
}
