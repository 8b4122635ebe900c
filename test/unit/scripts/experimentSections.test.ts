import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { withExperiments } from '../../../scripts/docs/experimentSections';
import { inRoot } from '../../support/places';

describe('the page about experiments', () => {
  it('has the numbers of the runs kept beside it; `npm run docs` writes them', async () => {
    const file = inRoot('docs', 'experiments.md');
    const page = readFileSync(file, 'utf8');
    const options = { ...(await resolveConfig(file)), filepath: file };
    assert.equal(page, await format(withExperiments(page), options));
  });
});
