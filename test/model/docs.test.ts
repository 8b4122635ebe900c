import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fillClaims } from '../../scripts/docs/fillClaims';
import { computedPages, computePages, type Page } from '../../scripts/docs/pages';
import { inRoot } from '../support/places';

describe('numbers in the docs', () => {
  let pages: readonly Page[];
  before(async function () {
    pages = await computePages();
  });

  for (const path of computedPages) {
    it(`are those that the commands print: ${path}; \`npm run docs\` updates it`, () => {
      const page = pages.find((candidate) => candidate.path === path)!;
      const text = readFileSync(inRoot(path), 'utf8');
      const filled = fillClaims(text, page.claims, page.constants);
      assert.deepEqual(filled.unclaimed, []);
      assert.deepEqual(filled.text.split('\n'), text.split('\n'));
    });
  }
});
