import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of texts in one language. */
export type Texts = Readonly<Record<string, string>>;

/** The languages that have a translation, such as `de`. */
export function languages(root: string): string[] {
  return readdirSync(join(root, 'l10n')).flatMap(
    (name) => /^bundle\.l10n\.(.+)\.json$/u.exec(name)?.[1] ?? [],
  );
}

/** The file of the texts in the sources, and that of the texts in package.json. */
export function bundleFile(root: string, language: string): string {
  return join(root, 'l10n', `bundle.l10n.${language}.json`);
}

export function manifestFile(root: string, language: string): string {
  return join(root, language === 'en' ? 'package.nls.json' : `package.nls.${language}.json`);
}

export function readTexts(file: string): Texts {
  return JSON.parse(readFileSync(file, 'utf8')) as Texts;
}

/** `texts` with exactly these keys, in this order. A key without a text gets an empty one. */
export function withKeys(texts: Texts, keys: readonly string[]): Texts {
  return Object.fromEntries(keys.map((key) => [key, texts[key] ?? '']));
}

/** The placeholders of a text, such as `{0}`, sorted. */
export function placeholders(text: string): string[] {
  return [...new Set(text.match(/\{\d+\}/gu))].sort();
}
