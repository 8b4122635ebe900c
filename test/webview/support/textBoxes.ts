import type { Page } from 'playwright-core';

/** A line of visible text, in CSS pixels. */
interface TextBox {
  readonly text: string;
  /** The same for all lines of one element. */
  readonly element: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Extends beyond its container, without an ellipsis or a way to scroll. */
  readonly isCut: boolean;
}

/** Borders of letters may touch. */
const slack = 1.5;

/** Visible text of the page that covers other text, or is cut off without an ellipsis or a way to scroll. */
export async function spoiltText(page: Page): Promise<string[]> {
  const boxes = await textBoxes(page);
  const cut = boxes.filter(({ isCut }) => isCut).map(({ text }) => `“${text}” is cut`);
  const covered = boxes.flatMap((a, at) =>
    boxes
      .slice(at + 1)
      .filter((b) => a.element !== b.element && isCovering(a, b))
      .map((b) => `“${a.text}” covers “${b.text}”`),
  );
  return [...cut, ...covered];
}

function isCovering(a: TextBox, b: TextBox): boolean {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  // Lines are taller than their letters.
  return width > slack && height > (a.bottom - a.top) / 3;
}

/** Text behind an ellipsis or scrolled out of view is ignored. */
function textBoxes(page: Page): Promise<TextBox[]> {
  return page.evaluate((slackInPage) => {
    const boxes: TextBox[] = [];
    const elements = new Map<Element, number>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement!;
      const text = (node.textContent ?? '').trim();
      if (text === '' || parent.closest('script, style, option')) continue;
      if (!parent.checkVisibility({ visibilityProperty: true })) continue;
      if (!elements.has(parent)) elements.set(parent, elements.size);
      // What clips it, from the inside out: the window is the last.
      const clips: { left: number; right: number; top: number; bottom: number; isCut: boolean }[] = [];
      let isForReaders = false;
      for (let around: Element | null = parent; around; around = around.parentElement) {
        const { clipPath, overflowX, overflowY, textOverflow, webkitLineClamp } = getComputedStyle(around);
        // Hidden from the eye, but not from screen readers.
        isForReaders ||= clipPath === 'inset(50%)';
        if (overflowX === 'visible' && overflowY === 'visible') continue;
        const { left, right, top, bottom } = around.getBoundingClientRect();
        const isSaid = textOverflow === 'ellipsis' || webkitLineClamp !== 'none';
        const canScroll = [overflowX, overflowY].some((value) => value === 'auto' || value === 'scroll');
        clips.push({ left, right, top, bottom, isCut: !isSaid && !canScroll });
      }
      if (isForReaders) continue;
      clips.push({
        left: 0,
        right: document.documentElement.clientWidth,
        top: -Infinity,
        bottom: Infinity,
        isCut: true,
      });
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { left, right, top, bottom, width } of range.getClientRects()) {
        if (width === 0) continue;
        const clip = clips.find(
          (one) =>
            left < one.left - slackInPage ||
            right > one.right + slackInPage ||
            top >= one.bottom ||
            bottom <= one.top,
        );
        if (clip && !clip.isCut) continue;
        boxes.push({
          text,
          element: elements.get(parent)!,
          left,
          top,
          right,
          bottom,
          isCut: clip !== undefined,
        });
      }
    }
    return boxes;
  }, slack);
}
