import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { copyRuntime } from './copyRuntime';

/** Path of the packaged extension. */
export const vsixPath = join(__dirname, '..', 'dist', 'concept-probe.vsix');

/**
 * Packages the files that `.vscodeignore` allows. The bundles and the built-in model must exist. With ONNX Runtime's
 * library the package is only for this platform; without it, the package is for all other platforms.
 */
export async function packExtension(): Promise<string> {
  const cwd = join(__dirname, '..');
  const target = copyRuntime() ? { target: `${process.platform}-${process.arch}` } : {};
  // Everything else is bundled, so no other node_modules are included; the README's images are not packaged.
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
