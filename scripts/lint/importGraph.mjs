import { readFileSync, readdirSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..', '..');

/** A file's path from the root, with forward slashes. */
export function fromRoot(path) {
  return relative(root, path).split(sep).join('/');
}

/** Resolves `specifier` in `file` (a path from the root): to a path from the root without `.ts`, or to a package. */
export function targetOf(file, specifier) {
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : specifier;
}

/**
 * The files of some folders that import each other in a circle, including type imports.
 *
 * @returns for each such file, a number that all files of its circle share
 */
export function circles(folders) {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => fromRoot(join(root, folder, name))),
  );
  const known = new Set(files);
  const imports = new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), 'utf8'));
      const targets = importedFiles.map(({ fileName }) => `${targetOf(file, fileName)}.ts`);
      return [file, targets.filter((target) => known.has(target))];
    }),
  );
  return circlesOf(imports);
}

/** Strongly connected components of more than one file (Tarjan 1972). */
function circlesOf(imports) {
  const [order, lowest, open, found] = [new Map(), new Map(), [], new Map()];
  const visit = (file) => {
    order.set(file, order.size);
    lowest.set(file, order.get(file));
    open.push(file);
    for (const next of imports.get(file)) {
      if (!order.has(next)) visit(next);
      if (open.includes(next)) lowest.set(file, Math.min(lowest.get(file), lowest.get(next)));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1) for (const member of circle) found.set(member, order.get(file));
  };
  for (const file of imports.keys()) if (!order.has(file)) visit(file);
  return found;
}
