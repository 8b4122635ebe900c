import * as vscode from 'vscode';
import type { FigureScope, FiguresMade } from '../protocol/panelMessages';

interface FigureRequest {
  readonly scope: FigureScope;
  readonly made: (figures: FiguresMade) => void;
  readonly resolve: (isDone: boolean) => void;
}

/** Requests for figures, of which the panel makes one at a time; it may still be loading when one begins. */
export class FigureRequests implements vscode.Disposable {
  #request: FigureRequest | undefined;
  /** What the panel is to be told: a scope, or `null` that no more are wanted. */
  #untold: FigureScope | null | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  /**
   * Asks for figures, which come one by one. A new request ends the last one.
   *
   * @returns false if the panel was closed or hidden before all came, or another request took their place
   */
  collect(scope: FigureScope, made: (figures: FiguresMade) => void, signal: AbortSignal): Promise<boolean> {
    this.end(false);
    return new Promise((resolve) => {
      const request = { scope, made, resolve };
      this.#request = request;
      signal.addEventListener('abort', () => {
        if (this.#request !== request) return;
        this.end(false);
        this.#tell(null);
      });
      this.#tell(scope);
    });
  }

  /** What a panel that is ready is to be told now; `undefined` for nothing. */
  take(): FigureScope | null | undefined {
    const untold = this.#untold;
    this.#untold = undefined;
    return untold;
  }

  received(figures: FiguresMade): void {
    this.#request?.made(figures);
    if (figures.left === 0) this.end(true);
  }

  /** The page that makes the figures was unloaded; one that has not been told yet can still make them. */
  interrupt(): void {
    if (this.#untold === undefined) this.end(false);
  }

  end(isDone: boolean): void {
    const request = this.#request;
    this.#request = undefined;
    this.#untold = undefined;
    request?.resolve(isDone);
  }

  dispose(): void {
    this.end(false);
    this.#changed.dispose();
  }

  #tell(scope: FigureScope | null): void {
    this.#untold = scope;
    this.#changed.fire();
  }
}
