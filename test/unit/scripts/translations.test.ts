import assert from 'node:assert/strict';
import {
  bundleFile,
  languages,
  manifestFile,
  placeholders,
  readTexts,
  type Texts,
} from '../../../scripts/translations/bundles';
import { sourceTexts, textsIn } from '../../../scripts/translations/sourceTexts';
import { root } from '../../support/places';

describe('translations', () => {
  const original: Texts = Object.fromEntries(sourceTexts(root).map((text) => [text, text]));
  const manifest = readTexts(manifestFile(root, 'en'));

  it('exist for German', () => {
    assert.deepEqual(languages(root), ['de']);
  });

  for (const language of languages(root)) {
    it(`into ${language} have every text of the sources and of package.json, and no others`, () => {
      assertComplete(readTexts(bundleFile(root, language)), original);
      assertComplete(readTexts(manifestFile(root, language)), manifest);
    });

    it(`into ${language} have the placeholders, commands and links of the original`, () => {
      assertSameParts(readTexts(bundleFile(root, language)), original);
      assertSameParts(readTexts(manifestFile(root, language)), manifest);
    });
  }

  it('are found where the sources call t', () => {
    const source = [
      "import { t } from '@vscode/l10n';",
      'const a = t`${n} of ${t`all ${1}`}`;',
      "const b = t('plain'), c = t`no placeholder`;",
    ].join('\n');
    assert.deepEqual(textsIn(source, 'x.ts'), ['{0} of {1}', 'all {0}', 'plain', 'no placeholder']);
    assert.throws(
      () => textsIn(`${source}\nt(text);`, 'x.ts'),
      /^Error: x\.ts:4: write the text itself in t\(…\)$/u,
    );
    assert.deepEqual(textsIn('const a = t`other`;', 'y.ts'), []);
  });
});

function assertComplete(texts: Texts, original: Texts): void {
  assert.deepEqual(Object.keys(texts).sort(), Object.keys(original).sort(), 'Run npm run translations.');
  const empty = Object.keys(texts).filter((key) => texts[key] === '');
  assert.deepEqual(empty, []);
}

/** A translation may not lose what code inserts, or what a click runs. */
function assertSameParts(texts: Texts, original: Texts): void {
  for (const [key, text] of Object.entries(texts)) {
    const own = original[key]!;
    assert.deepEqual(placeholders(text), placeholders(own), own);
    assert.deepEqual(targets(text), targets(own), own);
  }
}

/** The targets of Markdown links, and inline code. */
function targets(text: string): string[] {
  return [...text.matchAll(/\]\(([^)]*)\)|(`[^`]*`)/gu)].map(([, link, code]) => link ?? code!).sort();
}
