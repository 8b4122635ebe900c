import type { Page } from 'playwright-core';

/** Charts that are wider than their container, or have ink at an edge, where something may be cut off. */
export async function spoiltCharts(page: Page): Promise<string[]> {
  return page.locator('probe-picture').evaluateAll((charts) =>
    charts.flatMap((chart) => {
      const name = chart.ariaLabel ?? '?';
      const scroll = chart.querySelector('.chart-scroll')!;
      const canvas = chart.querySelector('canvas')!;
      const { width, height } = canvas;
      const edges = [
        ['left', 0, 0, 1, height],
        ['right', width - 1, 0, 1, height],
        ['upper', 0, 0, width, 1],
        ['lower', 0, height - 1, width, 1],
      ] as const;
      const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
      copy.drawImage(canvas, 0, 0);
      const inked = edges.filter(([, x, y, columns, rows]) =>
        copy.getImageData(x, y, columns, rows).data.some((value, at) => at % 4 === 3 && value > 0),
      );
      return [
        ...(scroll.scrollWidth > scroll.clientWidth ? [`${name} is wider than its room`] : []),
        ...inked.map(([edge]) => `${name} has ink at its ${edge} edge`),
      ];
    }),
  );
}

/** What a test stores in the window to record the texts of canvases. */
interface Watched {
  painted?: { readonly canvas: HTMLCanvasElement; readonly text: string }[];
}

/** The texts that a chart paints when the width of the window changes. */
export async function paintedAt(page: Page, width: number, testId: string): Promise<string[]> {
  await page.evaluate(() => {
    const watched = window as unknown as Watched;
    const isWatched = watched.painted !== undefined;
    watched.painted = [];
    if (isWatched) return;
    const { prototype } = CanvasRenderingContext2D;
    const fillText = Object.getOwnPropertyDescriptor(prototype, 'fillText')!
      .value as CanvasRenderingContext2D['fillText'];
    prototype.fillText = function (text, ...place) {
      watched.painted!.push({ canvas: this.canvas, text });
      fillText.call(this, text, ...place);
    };
  });
  await page.setViewportSize({ width, height: 900 });
  await page.waitForFunction(
    (id) =>
      (window as unknown as Watched).painted!.some(({ canvas }) => canvas.closest(`[data-testid=${id}]`)),
    testId,
  );
  return page.evaluate(
    (id) =>
      (window as unknown as Watched)
        .painted!.filter(({ canvas }) => canvas.closest(`[data-testid=${id}]`))
        .map(({ text }) => text),
    testId,
  );
}
