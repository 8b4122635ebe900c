import { closableViews, type PanelState } from '../../../src/protocol/panelMessages';
import { spoiltCharts } from './chartPixels';
import { spoiltText } from './textBoxes';
import { settled, type WebviewPage } from './webviewPage';

/** Views of the state that the page does not show, because they arrived damaged or are missing: they would be checked in vain. */
export async function missingViews({ page }: WebviewPage, state: PanelState): Promise<string[]> {
  const given = closableViews.filter((view) => state[view]);
  const isShown = await Promise.all(given.map((view) => page.locator(`#${view}`).isVisible()));
  return given.filter((_, at) => !isShown[at]).map((view) => `${view} is not shown`);
}

export const widths = [320, 540, 900, 1900];

/**
 * Text and charts that are cut or covered at any width: one line per problem.
 *
 * @param charts also looks at what charts have painted, which takes longer
 */
export async function walkWidths({ page }: WebviewPage, charts = true, at = widths): Promise<string[]> {
  const found: string[] = [];
  for (const width of at) {
    await page.setViewportSize({ width, height: 900 });
    await settled(page);
    const spoilt = [...(await spoiltText(page)), ...(charts ? await spoiltCharts(page) : [])];
    found.push(...spoilt.map((line) => `${width}: ${line}`));
  }
  return found;
}
