import type * as vscode from 'vscode';

/** Owns other disposables: what is registered is disposed with it, or at once if it has already been disposed. */
export abstract class Disposable implements vscode.Disposable {
  readonly #owned: vscode.Disposable[] = [];
  #isDisposed = false;

  protected register<T extends vscode.Disposable>(item: T): T {
    if (this.#isDisposed) item.dispose();
    else this.#owned.push(item);
    return item;
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const item of this.#owned.splice(0).reverse()) item.dispose();
  }
}
