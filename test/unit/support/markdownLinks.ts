import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Links of a page to files and headings that do not exist, as written. Links to the web are not checked. */
export function brokenLinks(file: string): string[] {
  return linksOf(readFileSync(file, 'utf8')).filter((link) => {
    if (/^[a-z]+:/u.test(link)) return false;
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? file : join(dirname(file), decodeURIComponent(path));
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).has(anchor);
  });
}

/** The pages and images in the same folder tree that a page links to, as paths from `root`. */
export function linkedFiles(root: string, file: string): string[] {
  return linksOf(readFileSync(file, 'utf8'))
    .filter((link) => !/^([a-z]+:|#)/u.test(link))
    .map((link) => relative(root, join(dirname(file), link.split('#')[0]!)));
}

function linksOf(page: string): string[] {
  const prose = withoutBlocks(page).replace(/`[^`]*`/gu, '');
  return [...prose.matchAll(/\]\(([^()\s]+)\)/gu)].map((match) => match[1]!);
}

/** Anchors that GitHub and VS Code generate from headings. */
function anchorsOf(page: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading] of withoutBlocks(page).matchAll(/^#+ +(.+)$/gmu)) {
    const slug = heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/gu, '-');
    let anchor = slug;
    for (let i = 1; anchors.has(anchor); i++) anchor = `${slug}-${i}`;
    anchors.add(anchor);
  }
  return anchors;
}

function withoutBlocks(page: string): string {
  return page.replace(/^(`{3,})[^]*?^\1$/gmu, '');
}
