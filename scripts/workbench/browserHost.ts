import { chromium } from 'playwright-core';
import { chromiumArguments, findChromium } from '../chromium';
import { installExtension, startCodeServer } from '../codeServer';
import type { Host, HostOptions } from './host';

/**
 * VS Code for the browser in a headless Chromium, with the extension installed.
 *
 * @throws Error where either cannot be had or does not start.
 */
export async function openBrowserHost(options: HostOptions): Promise<Host> {
  const executablePath = await findChromium();
  await installExtension(options.vsix, options.extensionsDirectory);
  const server = await startCodeServer({ ...options, folder: options.workspace });
  try {
    const browser = await chromium.launch({ executablePath, args: [...chromiumArguments] });
    const close = async (): Promise<void> => {
      await browser.close();
      await server.stop();
    };
    try {
      const { viewport, deviceScaleFactor } = options;
      const context = await browser.newContext({ viewport, deviceScaleFactor, locale: 'en-US' });
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], {
        origin: new URL(server.url).origin,
      });
      const page = await context.newPage();
      await page.goto(server.url);
      return { page, close };
    } catch (error) {
      await browser.close();
      throw error;
    }
  } catch (error) {
    await server.stop();
    throw error;
  }
}
