import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { copyRuntime } from './copyRuntime';

/** Where the packed extension lies. */
export const vsixPath = join(__dirname, '..', 'dist', 'concept-probe.vsix');

/**
 * Packs what `.vscodeignore` lets through. The bundles and the built-in model must be built. With ONNX Runtime's library the
 * package is for this platform only; where there is none, it is the one for all others.
 */
export async function packExtension(): Promise<string> {
  const cwd = join(__dirname, '..');
  const target = copyRuntime() ? { target: `${process.platform}-${process.arch}` } : {};
  // The rest is bundled, so no node_modules but its own go along; images of the README are not packed.
  await createVSIX({
    cwd,
    packagePath: vsixPath,
    dependencies: false,
    rewriteRelativeLinks: false,
    allowMissingRepository: true,
    ...target,
  });
  return vsixPath;
}

if (require.main === module) {
  void packExtension().then((path) => {
    console.log(path);
  });
}
