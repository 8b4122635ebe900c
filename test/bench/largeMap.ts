/**
 * A map of 1,000 pairs, a million cells, in Chromium: how long another order takes from the choice to the end of the frame that shows
 * it, compared with a plain loop that only fills and draws an image of as many pixels, and what a move of the mouse over the
 * map costs. `npx tsx test/bench/largeMap.ts`; prints numbers and asserts nothing.
 */
import type { Page } from 'playwright-core';
import { clusterTree } from '../../src/geometry/clusterTree';
import { manyPairs, sampleState } from '../webview/support/sampleState';
import { closeBrowser } from '../webview/support/browser';
import { openPanel } from '../webview/support/webviewPage';
import { timesText } from './timesText';

const pairs = 1000;
const rounds = 5;
const moves = 200;

async function main(): Promise<void> {
  const result = manyPairs(pairs);
  const clustering: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    clusterTree(result.concepts[0]!.causal!.pairwise);
    clustering.push(performance.now() - start);
  }
  console.log(`Clustering ${pairs} rows: ${timesText(clustering)} ms`);
  const panel = await openPanel(sampleState({ result }), { width: 1200 });
  const { page } = panel;
  // tsx wraps named functions in a helper that functions sent to a page would miss there.
  await page.evaluate('globalThis.__name ??= (target) => target');
  const reference = await plainImage(page);
  console.log(`Plain image of ${pairs} × ${pairs}: ${timesText(reference)} ms`);
  for (const order of ['leave-one-out', 'clustered', 'file', 'clustered']) {
    const time = await reorder(page, order);
    console.log(
      `Order ${order}: ${time.toFixed(1)} ms to the end of the frame, ${(time / median(reference)).toFixed(1)} × the plain image`,
    );
  }
  await page.getByTestId('pairs-map').locator('probe-picture').scrollIntoViewIfNeeded();
  console.log(`A move of the mouse: ${timesText(await hover(page))} ms; 60 frames a second leave 16.7 ms`);
  for (const error of panel.errors) console.error(error);
  await panel.close();
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1]!;
}

/** Fills an image with a colour per value and draws it in another size. */
function plainImage(page: Page): Promise<number[]> {
  return page.evaluate(
    ([size, count]) =>
      Array.from({ length: count }, () => {
        const values = Float64Array.from({ length: size * size }, (_, i) => Math.sin(i));
        const [small, large] = [new OffscreenCanvas(size, size), new OffscreenCanvas(500, 500)];
        const [from, to] = [small.getContext('2d')!, large.getContext('2d')!];
        const start = performance.now();
        const image = new ImageData(size, size);
        for (let i = 0; i < values.length; i++) {
          const shade = 127.5 + 127.5 * values[i]!;
          image.data[4 * i] = shade;
          image.data[4 * i + 1] = shade;
          image.data[4 * i + 2] = shade;
          image.data[4 * i + 3] = 255;
        }
        from.putImageData(image, 0, 0);
        to.drawImage(small, 0, 0, 500, 500);
        // Reading a pixel waits until everything has been drawn.
        to.getImageData(0, 0, 1, 1);
        return performance.now() - start;
      }),
    [pairs, rounds] as const,
  );
}

/** Time from choosing another order until the frame that has it, with the wait for that frame. */
function reorder(page: Page, order: string): Promise<number> {
  return page.evaluate(async (value) => {
    const select = document.querySelector<HTMLSelectElement>('[data-testid="pair-order"]')!;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => setTimeout(resolve));
    const start = performance.now();
    select.value = value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    // Asked for after the charts' own callbacks, so called after them; measuring forces the layout that the frame would do.
    return new Promise<number>((resolve) => {
      requestAnimationFrame(() => {
        document.body.getBoundingClientRect();
        resolve(performance.now() - start);
      });
    });
  }, order);
}

/** Moves the mouse across the map once a frame: time until the frame's last callback and its layout are done. */
function hover(page: Page): Promise<number[]> {
  return page.evaluate(async (count) => {
    const plot = document.querySelector('[data-testid="pairs-map"] canvas')!;
    const { left, top, width, height } = plot.getBoundingClientRect();
    const times: number[] = [];
    for (let move = -10; move < count; move++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      await new Promise((resolve) => setTimeout(resolve));
      const start = performance.now();
      plot.dispatchEvent(
        new PointerEvent('pointermove', {
          bubbles: true,
          clientX: left + width * (0.5 + 0.2 * Math.sin(move / 7)),
          clientY: top + height * (0.3 + 0.2 * Math.cos(move / 11)),
        }),
      );
      const handled = performance.now() - start;
      const drawing = await new Promise<number>((resolve) => {
        requestAnimationFrame((begin) => {
          document.body.getBoundingClientRect();
          resolve(performance.now() - begin);
        });
      });
      if (move >= 0) times.push(handled + drawing);
    }
    return times;
  }, moves);
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(closeBrowser);
