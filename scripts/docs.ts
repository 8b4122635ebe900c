import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { fillClaims } from './docs/fillClaims';
import { computePages } from './docs/pages';

const root = join(__dirname, '..');

/** `npm run docs`: computes the numbers of the README, the guide and the example's page, and writes them in. */
async function writeDocs(): Promise<void> {
  for (const { path, claims, constants } of await computePages()) {
    const file = join(root, path);
    const { text, unclaimed } = fillClaims(readFileSync(file, 'utf8'), claims, constants);
    const options = { ...(await resolveConfig(file)), filepath: file };
    writeFileSync(file, await format(text, options));
    for (const number of unclaimed) console.error(`${path}: nothing computes ${number}`);
    if (unclaimed.length > 0) process.exitCode = 1;
  }
}

void writeDocs();
