import type { AxeResults } from 'axe-core';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

interface Axe {
  run(options: { readonly runOnly?: string[] }): Promise<AxeResults>;
}

const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Rules that look at colors. */
export const colorRules: readonly string[] = ['color-contrast', 'link-in-text-block'];

/**
 * What axe-core finds wrong in the page: a line for each element, with the rule and the reason.
 *
 * @param rules all if left out
 */
export async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(source);
  const results = await page.evaluate(
    (runOnly) => (window as unknown as { axe: Axe }).axe.run(runOnly ? { runOnly } : {}),
    rules && [...rules],
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}
