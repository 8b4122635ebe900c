import type { Frame, Page } from 'playwright-core';
import { waitUntil } from './waitUntil';

/**
 * The frame of a webview's document, which VS Code nests, as `#active-frame`, in another frame. A webview gets a new frame
 * when its HTML is set again: find it again then.
 *
 * @param name the panel's title, or the `data-testid` of an element in it
 * @throws Error if it does not appear in time.
 */
export async function findWebview(page: Page, name: string, seconds?: number): Promise<Frame> {
  const find = async (): Promise<Frame | undefined> => {
    for (const frame of page.frames()) {
      // A frame may disappear during the check, for example when the window reloads.
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
