import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { copyRuntime } from './copyRuntime';

const root = join(__dirname, '..');

/** Path of the packaged extension. */
export const vsixPath = join(root, 'dist', 'concept-probe.vsix');

/**
 * The extension's page in VS Code, which is packed as its README. That page follows only links to the web, and shows no
 * pictures of the package, so it has none.
 */
const readmePath = 'media/extensionPage.md';

/**
 * Packages the files that `.vscodeignore` allows. The bundles and the built-in model must exist. With ONNX Runtime's
 * library the package is only for this platform; without it, the package is for all other platforms.
 */
export async function packExtension(): Promise<string> {
  const target = copyRuntime() ? { target: `${process.platform}-${process.arch}` } : {};
  // Everything else is bundled, so no other node_modules are included.
  await createVSIX({
    cwd: root,
    packagePath: vsixPath,
    readmePath,
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
