import type { Frame, Page } from 'playwright-core';
import { waitUntil } from './waitUntil';

/**
 * The frame with a webview's own document: VS Code puts it, as `#active-frame`, inside a frame of its own.
 * A webview whose HTML is set anew gets a new frame: ask again then.
 *
 * @param name the panel's title, or the `data-testid` of something in it
 * @throws Error where none comes in time.
 */
export async function findWebview(page: Page, name: string, seconds?: number): Promise<Frame> {
  const find = async (): Promise<Frame | undefined> => {
    for (const frame of page.frames()) {
      // A frame may go while it is looked at, as when the window reloads.
      if (await isNamed(frame, name).catch(() => false)) return frame;
    }
    return undefined;
  };
  return waitUntil(`the webview “${name}”`, find, seconds);
}

async function isNamed(frame: Frame, name: string): Promise<boolean> {
  if (!frame.parentFrame()?.parentFrame()) return false;
  const element = await frame.frameElement();
  // While it loads it is `#pending-frame`.
  if ((await element.getAttribute('id')) !== 'active-frame') return false;
  return (await element.getAttribute('title')) === name || (await frame.getByTestId(name).count()) > 0;
}
