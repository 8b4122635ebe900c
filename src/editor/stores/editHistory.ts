/** One edit of a text, whole: what it was and what it became. */
export interface TextEdit {
  readonly uri: string;
  readonly before: string;
  readonly after: string;
}

const mostEdits = 100;

/** Edits that can be taken back and made again, where the text is still what they left. */
export class EditHistory {
  readonly #done: TextEdit[] = [];
  #undone: TextEdit[] = [];

  add(edit: TextEdit): void {
    this.#undone = [];
    this.#done.push(edit);
    if (this.#done.length > mostEdits) this.#done.shift();
  }

  /** The edit that undo or redo is about; `undefined` if there is none. */
  next(way: 'undo' | 'redo'): TextEdit | undefined {
    return (way === 'undo' ? this.#done : this.#undone).at(-1);
  }

  /** The edit of {@link next} was taken back, or made again. */
  moved(way: 'undo' | 'redo'): void {
    const [from, to] = way === 'undo' ? [this.#done, this.#undone] : [this.#undone, this.#done];
    const edit = from.pop();
    if (edit) to.push(edit);
  }
}
