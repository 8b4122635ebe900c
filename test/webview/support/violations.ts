import type { AxeResults } from 'axe-core';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

interface Axe {
  run(options: { readonly runOnly?: string[] }): Promise<AxeResults>;
}

const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Rules about colours. */
export const colorRules: readonly string[] = ['color-contrast', 'link-in-text-block'];

/**
 * axe-core's findings in the page: one line per element, with the rule and the reason.
 *
 * @param rules all by default
 */
export async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
  const results = await page.evaluate(
    (runOnly) => (window as unknown as { axe: Axe }).axe.run(runOnly ? { runOnly } : {}),
    rules && [...rules],
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}
