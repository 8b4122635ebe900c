import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { englishManifest as manifest } from '../../scripts/translations/manifestText';
import { vsixPath } from '../../scripts/package';
import { brokenLinks } from '../unit/support/markdownLinks';
import { readZip } from '../support/zipFile';

/** Looked at without VS Code. */
describe('the packed extension', () => {
  const files = readZip(vsixPath);
  const paths = [...files.keys()].flatMap((path) =>
    path.startsWith('extension/') ? [path.slice('extension/'.length)] : [],
  );
  const textOf = (path: string): string => files.get(`extension/${path}`)!().toString('utf8');

  it('has a page for its users, with only what VS Code shows there: text and links to the web', () => {
    const page = textOf('readme.md');
    assert.match(page, /^# Concept Probe\n/u);
    assert.doesNotMatch(page, /npm |!\[/u);
    const links = [...page.matchAll(/\]\(([^)]+)\)/gu)].map((match) => match[1]!);
    assert.ok(links.length > 0);
    for (const link of links) assert.match(link, /^https:/u);
  });

  it('names only commands that exist on that page', () => {
    const titles = new Set(manifest.contributes.commands.map(({ title }) => `Concept Probe: ${title}`));
    const named = [...textOf('readme.md').matchAll(/_(Concept Probe: [^_]+)_/gu)].map((match) => match[1]!);
    assert.ok(named.length > 2);
    for (const title of named) assert.ok(titles.has(title), title);
  });

  it('has everything that its pages link to, its walkthrough shows, and the example needs', () => {
    const folder = mkdtempSync(join(tmpdir(), 'packed-'));
    try {
      const pages = paths.filter((path) => /^docs\/.*\.md$/u.test(path));
      assert.ok(pages.includes('docs/how-to-read-this.md'));
      const small = paths.filter((path) => !path.startsWith('dist/'));
      for (const path of small) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), textOf(path));
      }
      assert.deepEqual(
        pages.flatMap((path) => brokenLinks(join(folder, path)).map((link) => `${path}: ${link}`)),
        [],
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
    const shown = manifest.contributes.walkthroughs.flatMap(({ icon, steps }) => [
      icon,
      ...steps.map(({ media }) => media.svg),
    ]);
    const example = ['royalty.concepts.json', 'the-two-thrones.md', 'contexts/pairs.tsv'];
    const needed = [...shown, ...example.map((path) => `examples/${path}`)];
    assert.deepEqual(
      needed.filter((path) => !paths.includes(path)),
      [],
    );
  });
});
