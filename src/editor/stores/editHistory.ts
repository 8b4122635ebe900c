/** One edit of a text: the whole text before and after. */
export interface TextEdit {
  readonly uri: string;
  readonly before: string;
  readonly after: string;
}

const mostEdits = 100;

/** Edits that can be undone and redone as long as the text is as they left it. */
export class EditHistory {
  readonly #done: TextEdit[] = [];
  #undone: TextEdit[] = [];

  add(edit: TextEdit): void {
    this.#undone = [];
    this.#done.push(edit);
    if (this.#done.length > mostEdits) this.#done.shift();
  }

  /** The edit that undo or redo would apply to; `undefined` if there is none. */
  next(way: 'undo' | 'redo'): TextEdit | undefined {
    return (way === 'undo' ? this.#done : this.#undone).at(-1);
  }

  /** Call it after the edit of {@link next} was undone or redone. */
  moved(way: 'undo' | 'redo'): void {
    const [from, to] = way === 'undo' ? [this.#done, this.#undone] : [this.#undone, this.#done];
    const edit = from.pop();
    if (edit) to.push(edit);
  }
}
