import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleFile, languages, manifestFile, readTexts, withKeys } from './translations/bundles';
import { sourceTexts } from './translations/sourceTexts';

/**
 * `npm run translations [-- LANGUAGE]`: brings the files of each language, or of a new one, up to date with the sources.
 * Removes texts that are no longer used, and adds new ones without a translation, which it counts.
 */
function updateTranslations(added: string | undefined): void {
  const root = join(__dirname, '..');
  const texts = sourceTexts(root).sort();
  const manifestKeys = Object.keys(readTexts(manifestFile(root, 'en')));
  for (const language of new Set([...languages(root), ...(added === undefined ? [] : [added])])) {
    const missing =
      update(bundleFile(root, language), texts) + update(manifestFile(root, language), manifestKeys);
    console.log(`${language}: ${missing} texts without a translation`);
  }
}

/** @returns the number of texts without a translation */
function update(file: string, keys: readonly string[]): number {
  const texts = withKeys(existsSync(file) ? readTexts(file) : {}, keys);
  writeFileSync(file, `${JSON.stringify(texts, null, 2)}\n`);
  return Object.values(texts).filter((text) => text === '').length;
}

updateTranslations(process.argv[2]);
