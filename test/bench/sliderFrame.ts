/**
 * What a step of the steering view's slider costs in Chromium, at 32,000 and 128,000 tokens and 40 concepts: from an input event to
 * the frame that shows it. `npx tsx test/bench/sliderFrame.ts`; prints numbers and asserts nothing.
 */
import type { Page } from 'playwright-core';
import { manyConcepts, sampleState } from '../webview/support/sampleState';
import { sampleSteering } from '../webview/support/sampleSteering';
import { closeBrowser } from '../webview/support/browser';
import { openPanel } from '../webview/support/webviewPage';
import { timesText } from './timesText';

const steps = 120;

async function main(): Promise<void> {
  const result = manyConcepts(40);
  for (const tokens of [32_000, 128_000]) {
    const steering = sampleSteering(result, result.concepts[0]!.name, { tokens });
    const panel = await openPanel(sampleState({ result, steering }), { width: 1200 });
    // tsx wraps named functions in a helper that functions sent to a page would miss there.
    await panel.page.evaluate('globalThis.__name ??= (target) => target');
    await panel.page.getByTestId('steering-slider').scrollIntoViewIfNeeded();
    const { script, frame } = await slide(panel.page);
    console.log(
      `${tokens} tokens: script ${timesText(script)} ms a step, input to the end of its frame ${timesText(frame)} ms`,
    );
    for (const error of panel.errors) console.error(error);
    await panel.close();
  }
}

/** Moves the slider once a frame, as a drag does: time in our own code, and until the frame's last callback is done. */
function slide(page: Page): Promise<{ script: number[]; frame: number[] }> {
  return page.evaluate(async (count) => {
    const slider = document.querySelector<HTMLInputElement>('[data-testid="steering-slider"]')!;
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const times = { script: [] as number[], frame: [] as number[] };
    for (let step = -10; step < count; step++) {
      await nextFrame();
      // After the frame, where the browser handles input.
      await new Promise((resolve) => setTimeout(resolve));
      const start = performance.now();
      slider.value = String(Math.sin(step / 9));
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      const handled = performance.now();
      // Asked for after the view's own callbacks, so called after them; measuring forces the layout that the frame would do.
      const drawing = await new Promise<number>((resolve) => {
        requestAnimationFrame((begin) => {
          document.body.getBoundingClientRect();
          resolve(performance.now() - begin);
        });
      });
      if (step < 0) continue;
      times.script.push(handled - start);
      times.frame.push(handled - start + drawing);
    }
    return times;
  }, steps);
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(closeBrowser);
