import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumArguments, findChromium } from '../chromium';
import { installExtension, startCodeServer } from '../codeServer';
import type { Host, HostOptions } from './host';
import { patience } from './waitUntil';

/**
 * VS Code for the browser in a headless Chromium, with the extension installed.
 *
 * @throws Error if either is not available or does not start.
 */
export async function openBrowserHost(options: HostOptions): Promise<Host> {
  const executablePath = await findChromium();
  const extensionsDirectory = await installed(options.vsix);
  const server = await startCodeServer({ ...options, extensionsDirectory, folder: options.workspace });
  try {
    const browser = await chromium.launch({ executablePath, args: [...chromiumArguments] });
    const close = async (): Promise<void> => {
      await browser.close();
      await server.stop();
    };
    const openIn = async (language: string): Promise<Host> => {
      const page = await openWindow(browser, server.url, options, language);
      return { page, close: () => page.context().close() };
    };
    try {
      return { page: await openWindow(browser, server.url, options), close, openIn };
    } catch (error) {
      await browser.close();
      throw error;
    }
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** @param language the display language: English by default */
async function openWindow(
  browser: Browser,
  url: string,
  { viewport, deviceScaleFactor }: HostOptions,
  language?: string,
): Promise<Page> {
  const context = await browser.newContext({ viewport, deviceScaleFactor, locale: 'en-US' });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(url).origin });
  // What a language pack would set. Without one, VS Code's own texts stay English, in which tests know them.
  if (language !== undefined)
    await context.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)};`);
  await context.addInitScript(stopAnimations);
  const page = await context.newPage();
  await page.goto(url, { timeout: patience * 1000 });
  return page;
}

/** Spinners and progress bars would repaint without end, which takes processor time from the tests. */
function stopAnimations(): void {
  const style = new CSSStyleSheet();
  style.replaceSync('*, ::before, ::after { animation: none !important; }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
}

const installations = new Map<string, Promise<string>>();

/** The folder with the extension, installed as a user would install it, once for all windows of this process. */
function installed(vsix: string): Promise<string> {
  const known = installations.get(vsix);
  if (known) return known;
  const folder = mkdtempSync(join(tmpdir(), 'probe-extension-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const made = installExtension(vsix, folder).then(() => folder);
  installations.set(vsix, made);
  // The next window retries.
  made.catch(() => installations.delete(vsix));
  return made;
}
