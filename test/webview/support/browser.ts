import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumArguments, findChromium } from '../../../scripts/chromium';

let browser: Browser | undefined;

/** Pages whose test is done, by pixel ratio. A new page takes about three times as much processor time as a used one. */
const usedPages = new Map<number, Page[]>();

/** One browser for all tests. */
export async function openBrowser(): Promise<Browser> {
  browser ??= await chromium.launch({
    executablePath: await findChromium(),
    args: [...chromiumArguments],
    // Scrollbars take up space in VS Code.
    ignoreDefaultArgs: ['--hide-scrollbars'],
  });
  return browser;
}

export async function closeBrowser(): Promise<void> {
  await browser?.close();
  browser = undefined;
  usedPages.clear();
}

/** A page that nobody uses. */
export async function takePage(pixelRatio: number): Promise<Page> {
  const used = usedPages.get(pixelRatio)?.pop();
  if (used) return used;
  const context = await (await openBrowser()).newContext({ deviceScaleFactor: pixelRatio });
  // Slow machines need more than Playwright's 30 s.
  context.setDefaultTimeout(120_000);
  return context.newPage();
}

/** Reverts what a test did to a page, except for its size, its media and its document, so that another test can use it. */
export async function returnPage(page: Page, pixelRatio: number): Promise<void> {
  page.removeAllListeners();
  await page.context().clearPermissions();
  // Outside the window, so that the mouse points at nothing in the next document.
  await page.mouse.move(-1, -1);
  const others = usedPages.get(pixelRatio);
  if (others) others.push(page);
  else usedPages.set(pixelRatio, [page]);
}

// Screenshots and benchmarks, which run without mocha, close the browser themselves.
if ('after' in globalThis) after(closeBrowser);
