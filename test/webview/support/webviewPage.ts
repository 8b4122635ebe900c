import { readFileSync } from 'node:fs';
import type { Frame, Page } from 'playwright-core';
import type { FromPanel, PanelState } from '../../../src/protocol/panelMessages';
import type { Translation } from '../../../src/protocol/translation';
import { returnPage, takePage } from './browser';
import { buildWebview } from './buildWebview';
import { encodeState } from './encodeState';
import { bodyClasses, lightTheme, type SampleTheme } from './themes';
import { panelHtml, reportHtml } from './pages';
import { openSite, type Site } from './site';

export interface PageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: SampleTheme;
  readonly colorScheme?: 'light' | 'dark';
  readonly reducedMotion?: 'reduce' | 'no-preference';
  /** State saved by an earlier instance of the panel. */
  readonly saved?: unknown;
  readonly devicePixelRatio?: number;
  /** The display language; English by default. */
  readonly translation?: Translation;
}

/** The webview in a real browser, with what VS Code or a report provides. */
export interface WebviewPage {
  readonly page: Page;
  /** Everything that went wrong in the page: exceptions, console errors, policy violations. */
  readonly errors: readonly string[];
  send(change: Partial<PanelState>): Promise<void>;
  /** Sends something other than a state. */
  sendRaw(message: unknown): Promise<void>;
  /** The same without packing it. */
  sendAsIs(message: unknown): Promise<void>;
  posted(): Promise<FromPanel[]>;
  saved(): Promise<unknown>;
  setTheme(theme: SampleTheme): Promise<void>;
  close(): Promise<void>;
}

/** Opens the panel as VS Code does, and sends it the state. */
export async function openPanel(state?: PanelState, options: PageOptions = {}): Promise<WebviewPage> {
  const html = panelHtml(options.theme ?? lightTheme, options.saved, options.translation);
  const page = await open(html, options);
  await page.page.waitForFunction(() => (window as unknown as FakeHost).posted.length > 0);
  if (state) await page.send(state);
  return page;
}

/** Opens an exported report. */
export async function openReport(state: PanelState, options: PageOptions = {}): Promise<WebviewPage> {
  const { script, style } = await buildWebview();
  const html = reportHtml(encodeState(state), readFileSync(script, 'utf8'), readFileSync(style, 'utf8'));
  return open(html, options);
}

/** What the fake VS Code stores in the window. */
interface FakeHost {
  posted: FromPanel[];
  saved: unknown;
  load(url: string): Promise<void>;
}

async function open(html: string, options: PageOptions): Promise<WebviewPage> {
  const { devicePixelRatio = 1, colorScheme = 'light', reducedMotion = 'no-preference' } = options;
  const [page, site] = await Promise.all([takePage(devicePixelRatio), openSite()]);
  await page.setViewportSize({ width: options.width ?? 900, height: options.height ?? 900 });
  await page.emulateMedia({ media: null, colorScheme, reducedMotion });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith('data:') && !url.startsWith('blob:') && !site.has(url))
      errors.push(`asked for ${url}`);
  });
  const address = site.add(html, 'text/html');
  await page.goto(address);
  return {
    page,
    errors,
    send: (state) => sendJson(page, site, encodeState({ type: 'state', state })),
    sendRaw: (message) => sendJson(page, site, encodeState(message)),
    sendAsIs: async (message) => {
      await page.evaluate((data) => {
        window.dispatchEvent(new MessageEvent('message', { data }));
      }, message);
      await settled(page);
    },
    posted: () => page.evaluate(() => (window as unknown as FakeHost).posted),
    saved: () => page.evaluate(() => (window as unknown as FakeHost).saved),
    setTheme: async (theme) => {
      await page.evaluate(
        ([name, classes, values]) => {
          document.body.className = classes;
          document.body.dataset['vscodeThemeKind'] = name;
          document.documentElement.removeAttribute('style');
          for (const [key, value] of Object.entries(values))
            document.documentElement.style.setProperty(key, value);
        },
        [theme.kind, bodyClasses(theme), theme.variables] as const,
      );
      await settled(page);
    },
    close: () => {
      site.remove(address);
      return returnPage(page, devicePixelRatio);
    },
  };
}

/** As a script from the site, because arguments of `evaluate` take ten seconds for a map of 1,000 pairs. */
async function sendJson(page: Page, site: Site, json: string): Promise<void> {
  const url = site.add(`receive(${json})`, 'text/javascript');
  await page.evaluate((from) => (window as unknown as FakeHost).load(from), url);
  site.remove(url);
  await settled(page);
}

/** After two frames everything that was requested has been drawn. */
export async function settled(page: Page | Frame): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => {
          requestAnimationFrame(() => {
            resolve();
          });
        });
      }),
  );
}
