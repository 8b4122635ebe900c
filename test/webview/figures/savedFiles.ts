import type { Locator, Page } from 'playwright-core';
import type { FromPanel } from '../../../src/protocol/panelMessages';

/** Chooses an entry of a figure's menu with the mouse. */
export async function chooseInMenu(menu: Locator, label: string): Promise<void> {
  await menu.getByRole('button').click();
  await menu.getByRole('menuitem', { name: label }).click();
}

/** A file that the panel sent; bytes are base64. */
export interface SavedFile {
  readonly name: string;
  readonly text: string;
}

/** The files that the panel sent to the extension, in order, once there are at least `count`. */
export async function savedFiles(page: Page, count = 1): Promise<readonly SavedFile[]> {
  await page.waitForFunction(
    (least) =>
      (window as unknown as { posted: FromPanel[] }).posted.filter(({ type }) => type === 'saveFile')
        .length >= least,
    count,
  );
  return page.evaluate(() =>
    (window as unknown as { posted: FromPanel[] }).posted.flatMap((message) => {
      if (message.type !== 'saveFile') return [];
      const { name, content } = message.file;
      const text =
        typeof content === 'string'
          ? content
          : btoa(Array.from(content, (byte) => String.fromCharCode(byte)).join(''));
      return [{ name, text }];
    }),
  );
}

/** What a test wants to know of an SVG file. */
export interface SvgFacts {
  /** The parser's message if it is not XML. */
  readonly problem: string | null;
  readonly width: number;
  readonly height: number;
  readonly texts: readonly string[];
  readonly fonts: readonly string[];
  /** References to anything but its own parts and embedded pictures. */
  readonly links: readonly string[];
  /** Fill of the first rectangle that fills it. */
  readonly ground: string | null;
  /** Embedded pictures: width and height where they are shown, and in pixels. */
  readonly images: readonly { readonly shown: readonly number[]; readonly pixels: readonly number[] }[];
  /** Whether it has nothing that only a web page understands. */
  readonly isClean: boolean;
}

export function svgFacts(page: Page, text: string): Promise<SvgFacts> {
  return page.evaluate((xml) => {
    const parsed = new DOMParser().parseFromString(xml, 'image/svg+xml');
    const root = parsed.documentElement;
    const attributes = [root, ...root.querySelectorAll('*')].flatMap((element) => [...element.attributes]);
    return {
      problem: parsed.querySelector('parsererror')?.textContent ?? null,
      width: Number(root.getAttribute('width')),
      height: Number(root.getAttribute('height')),
      texts: [...root.querySelectorAll('text')].map((element) => element.textContent),
      fonts: [...new Set(attributes.filter(({ name }) => name === 'font-family').map(({ value }) => value))],
      links: attributes
        .filter(({ name, value }) => name.endsWith('href') && !/^(?:#|data:image\/png;base64,)/u.test(value))
        .map(({ value }) => value),
      ground: root.querySelector('rect')?.getAttribute('fill') ?? null,
      images: [...root.querySelectorAll('image')].map((image) => {
        const png = atob(image.getAttribute('href')!.split(',')[1]!);
        return {
          shown: ['width', 'height'].map((name) => Number(image.getAttribute(name))),
          // Of the first chunk of a PNG.
          pixels: [16, 20].map((at) => png.charCodeAt(at + 2) * 256 + png.charCodeAt(at + 3)),
        };
      }),
      isClean:
        root.querySelector('script, style, foreignObject') === null &&
        !attributes.some(({ name }) => name === 'class' || name === 'style'),
    };
  }, text);
}
