import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { allSettings, settingsTable, withSettingsTable } from '../../../scripts/docs/settingsTable';
import { englishManifest } from '../../../scripts/translations/manifestText';
import { inRoot } from '../../support/places';

describe('the table of settings', () => {
  const properties = allSettings(englishManifest.contributes.configuration);

  it('of the README is that of package.json; `npm run docs` writes it', async () => {
    const file = inRoot('README.md');
    const page = readFileSync(file, 'utf8');
    const options = { ...(await resolveConfig(file)), filepath: file };
    const written = await format(withSettingsTable(page, settingsTable(properties)), options);
    assert.deepEqual(page.split('\n'), written.split('\n'));
  });

  it('has a row with default, description and choices for every setting', () => {
    const rows = settingsTable(properties).split('\n');
    assert.equal(rows.length, 2 + Object.keys(properties).length);
    const table = settingsTable({
      'x.way': { default: 'up', enum: ['up', 'down'], description: 'Up | down.' },
    });
    assert.match(table, /\| `x\.way` \| `"up"` \| Up \\\| down\. One of `up`, `down`\. \|$/u);
  });

  it('has an example in every description', () => {
    for (const [name, { markdownDescription = '' }] of Object.entries(properties))
      assert.match(markdownDescription, / Examples?: `[^`]+`.*\.$/u, name);
  });

  it('is rejected by a page without its markers', () => {
    assert.throws(() => withSettingsTable('# Page\n', 'table'), /has no <!-- settings/u);
  });
});
