import type { NamedFile } from '../../src/protocol/panelMessages';
import type { Host } from '../host';

/** Saves the files that figures below `root` make: through VS Code, or in a report as downloads. */
export function saveFilesOf(root: HTMLElement, host: Host): void {
  root.addEventListener('save-file', (event) => {
    const file = (event as CustomEvent<NamedFile>).detail;
    if (host.kind === 'panel') host.post({ type: 'saveFile', file });
    else download(file);
  });
}

function download({ name, content }: NamedFile): void {
  const link = document.createElement('a');
  link.download = name;
  link.href = URL.createObjectURL(new Blob([content as BlobPart]));
  link.click();
  // The browser has the data once it has begun to save.
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 10_000);
}
