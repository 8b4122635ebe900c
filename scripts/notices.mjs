import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Names, licences and licence texts of all packages that a build bundled (from esbuild's metafiles) or copied as a whole.
 */
export function notices(metafiles, copied) {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile.inputs));
  const bundled = inputs.map((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]);
  const folders = new Set([...bundled.filter(Boolean), ...copied.map((name) => join('node_modules', name))]);
  const parts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return `${name} ${version} (${license})\n\n${licenceTexts(folder)}`;
  });
  return `Concept Probe contains the following packages. The built-in model has its own notice in its folder.\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}`;
}

function licenceTexts(folder) {
  const files = readdirSync(folder, { withFileTypes: true });
  return files
    .filter((file) => file.isFile() && /^(licen[cs]e|notice)/i.test(file.name))
    .map(({ name }) => readFileSync(join(folder, name), 'utf8').trim())
    .join('\n\n');
}
