import type { Workbench } from '../../../scripts/workbench/workbench';

/** Waits until the page *Model Details* shows these texts. */
export function detailsShow(workbench: Workbench, ...texts: readonly string[]): Promise<true> {
  return workbench.waitFor(`“${texts.join('”, “')}” in the details`, async () => {
    const page = await workbench.webview('Preview Model Details.md', 1).catch(() => undefined);
    const shown = (await page?.locator('body').innerText()) ?? '';
    return texts.every((text) => shown.includes(text)) && (true as const);
  });
}
