import manifest from '../../package.json';
import english from '../../package.nls.json';

/** package.json as VS Code shows it in English: each `%key%` replaced by its text. */
export const englishManifest: typeof manifest = replaced(manifest) as typeof manifest;

function replaced(value: unknown): unknown {
  if (typeof value === 'string') return textOf(value);
  if (Array.isArray(value)) return value.map(replaced);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner)]));
}

function textOf(value: string): string {
  const key = /^%(.+)%$/u.exec(value)?.[1];
  return key === undefined ? value : (english as Readonly<Record<string, string>>)[key]!;
}
