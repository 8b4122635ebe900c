/*
 * Functions that run inside the workbench's page. Each function is sent on its own, so it cannot use anything outside
 * itself. VS Code draws text as `.view-line`s of styled spans, and backgrounds and borders as `.cdr` boxes behind them.
 */

export interface WordQuery {
  readonly word: string;
  /** Index among the visible occurrences, from 0 in reading order. */
  readonly occurrence: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Appearance of an extension's decoration, as computed styles. */
export interface DecorationStyle {
  /** `text` styles the letters, `box` is behind them. */
  readonly layer: 'text' | 'box';
  readonly color: string;
  readonly backgroundColor: string;
  /** Width, style and colour. */
  readonly border: string;
  readonly outline: string;
  readonly textDecoration: string;
  /** Inserted text before and after; empty if there is none. */
  readonly before: string;
  readonly after: string;
}

/**
 * Marks the text editor that has or last had the focus, otherwise the first, with an attribute; returns whether there is
 * one.
 */
export function markTextEditor(): boolean {
  const editors = [...document.querySelectorAll('.editor-instance > .monaco-editor[data-uri]')];
  const visible = editors.filter((editor) => editor.getBoundingClientRect().width > 0);
  const chosen = visible.find((editor) => editor.closest('.editor-group-container.active')) ?? visible[0];
  for (const editor of editors) editor.toggleAttribute('data-harness-editor', editor === chosen);
  return chosen !== undefined;
}

/** Position of a whole word in the marked editor, in page coordinates; null if it is missing or covered. */
export function locateWord({ word, occurrence }: WordQuery): Box | null {
  const editor = document.querySelector('[data-harness-editor]');
  const lines = [...(editor?.querySelectorAll<HTMLElement>('.view-lines > .view-line') ?? [])];
  lines.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, 'gu');
  const found = lines.flatMap((line) =>
    [...line.textContent.replaceAll('\u00a0', ' ').matchAll(pattern)].map(({ index }) => ({ line, index })),
  );
  const wanted = found[occurrence];
  if (!editor || !wanted) return null;

  const range = document.createRange();
  const walker = document.createTreeWalker(wanted.line, NodeFilter.SHOW_TEXT);
  let passed = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    const start = wanted.index - passed;
    const end = start + word.length;
    if (start >= 0 && start < length) range.setStart(node, start);
    if (end > 0 && end <= length) range.setEnd(node, end);
    passed += length;
  }
  const { x, y, width, height } = range.getBoundingClientRect();
  const there = document.elementFromPoint(x + width / 2, y + height / 2);
  const free =
    there &&
    editor.contains(there) &&
    !there.closest('.contentWidgets, .overflowingContentWidgets, .monaco-hover');
  return free ? { x, y, width, height } : null;
}

/** The extensions' decorations (class `ced-…`) in the marked editor that touch a box. */
export function decorationStyles(box: Box): DecorationStyle[] {
  const elements = [
    ...document.querySelectorAll('[data-harness-editor] :is(.view-line, .view-overlays) [class*="ced-"]'),
  ];
  const touching = elements.filter((element) => {
    const other = element.getBoundingClientRect();
    const across = Math.min(other.right, box.x + box.width) - Math.max(other.left, box.x);
    const down = Math.min(other.bottom, box.y + box.height) - Math.max(other.top, box.y);
    // Inserted text before or after is next to the word, in an element without text.
    const beside = element.closest('.view-line') !== null && element.textContent === '';
    return down > 1 && across > (beside ? -1 : 1);
  });
  return touching.map((element) => {
    const style = getComputedStyle(element);
    const [before, after] = ['::before', '::after'].map(
      (pseudo) => getComputedStyle(element, pseudo).content,
    );
    const put = [before, after].map((content) => (content?.startsWith('"') ? content.slice(1, -1) : ''));
    return {
      layer: element.closest('.view-line') ? 'text' : 'box',
      color: style.color,
      backgroundColor: style.backgroundColor,
      border: `${style.borderWidth} ${style.borderStyle} ${style.borderColor}`,
      outline: `${style.outlineWidth} ${style.outlineStyle} ${style.outlineColor}`,
      textDecoration: style.textDecoration,
      before: put[0] ?? '',
      after: put[1] ?? '',
    };
  });
}

/** The visible lines of the marked editor. */
export function visibleText(): string {
  const lines = [...document.querySelectorAll('[data-harness-editor] .view-lines > .view-line')];
  lines.sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
  return lines.map((line) => line.textContent.replaceAll('\u00a0', ' ')).join('\n');
}
