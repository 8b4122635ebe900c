import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { inRoot, root } from '../../support/places';
import { brokenLinks, linkedFiles } from '../support/markdownLinks';

const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'examples/README.md'],
  ...readdirSync(inRoot('docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

describe('the pages', () => {
  for (const page of pages) {
    it(`${page} links to files and headings that exist`, () => {
      assert.deepEqual(brokenLinks(inRoot(page)), []);
    });
  }

  it('are found if they have a broken link', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pages-'));
    try {
      const page = join(folder, 'page.md');
      const links = ['page.md', '#two-words', '#two-words-1', 'gone.md', '#gone', 'page.md#gone'];
      const body = links.map((link) => `[${link}](${link})`).join('\n');
      writeFileSync(page, `# Two words\n\n## Two words!\n\n\`[code](code.md)\`\n\n${body}\n`);
      assert.deepEqual(brokenLinks(page), ['gone.md', '#gone', 'page.md#gone']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('that the extension shows are packaged with it', async () => {
    const packed = new Set(await listFiles({ cwd: root, packageManager: PackageManager.None }));
    const linked = ['CHANGELOG.md', 'docs/how-to-read-this.md', 'docs/editor.md'].flatMap((page) =>
      linkedFiles(root, inRoot(page)),
    );
    // Readers of the packaged pages do not have a clone.
    const needed = linked.filter((path) => path.startsWith('docs/'));
    assert.ok(needed.length > 10);
    assert.deepEqual(
      needed.filter((path) => !packed.has(path)),
      [],
    );
  });

  it('of the README has fewer than 150 lines', () => {
    assert.ok(readFileSync(inRoot('README.md'), 'utf8').split('\n').length < 150);
  });

  it('for contributors name only files that exist', () => {
    const text = readFileSync(inRoot('CONTRIBUTING.md'), 'utf8');
    const folders = ['src', 'webview', 'scripts', 'test', 'media', 'docs', 'examples'];
    const found = folders.flatMap((folder) =>
      readdirSync(inRoot(folder), { encoding: 'utf8', recursive: true }),
    );
    const names = new Set([...readdirSync(root), ...found].map((path) => basename(path)));
    const paths = [...text.matchAll(/(?<![\w./-])(?:src|webview|scripts|test|docs|media)\/[\w./-]*\w/gu)];
    const files = [...text.matchAll(/(?<![\w./…-])[\w-]+\.(?:ts|mjs|json|css)\b/gu)];
    const missing = [
      ...paths.map(([path]) => path).filter((path) => !existsSync(inRoot(path))),
      ...files.map(([name]) => name).filter((name) => !names.has(name)),
    ];
    assert.deepEqual(missing, []);
  });
});
