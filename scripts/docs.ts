import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { withExperiments } from './docs/experimentSections';
import { fillClaims } from './docs/fillClaims';
import { computePages } from './docs/pages';
import { allSettings, settingsTable, withSettingsTable } from './docs/settingsTable';
import { englishManifest } from './translations/manifestText';

const root = join(__dirname, '..');

/** `npm run docs`: writes the table of settings in the README, and the computed numbers in every page that has some. */
async function writeDocs(): Promise<void> {
  const table = settingsTable(allSettings(englishManifest.contributes.configuration));
  await change('README.md', (page) => withSettingsTable(page, table));
  await change('docs/experiments.md', withExperiments);
  for (const { path, claims, constants } of await computePages()) {
    await change(path, (page) => {
      const { text, unclaimed } = fillClaims(page, claims, constants);
      for (const number of unclaimed) console.error(`${path}: no claim computes ${number}`);
      if (unclaimed.length > 0) process.exitCode = 1;
      return text;
    });
  }
}

async function change(path: string, edit: (page: string) => string): Promise<void> {
  const file = join(root, path);
  const options = { ...(await resolveConfig(file)), filepath: file };
  writeFileSync(file, await format(edit(readFileSync(file, 'utf8')), options));
}

void writeDocs();
