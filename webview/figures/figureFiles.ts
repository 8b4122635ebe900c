import type { NamedFile } from '../../src/protocol/panelMessages';
import { tableCsv, tableJson } from '../../src/export/figures/tableText';
import { npyFile } from '../../src/export/npy';
import { figureCaption } from '../../src/format/figureCaption';
import type { Figure } from './figure';
import { paperFigure, svgDocument } from './paperFigure';
import { pngOf } from './pngOf';

export type FigureFormat = 'svg' | 'png' | 'csv' | 'json' | 'npy';

/** A figure, or its numbers, as a file. @throws Error if the browser cannot draw the picture */
export async function figureFile(figure: Figure, format: FigureFormat): Promise<NamedFile> {
  return { name: `${figure.name}.${format}`, content: await contentOf(figure, format) };
}

async function contentOf(figure: Figure, format: FigureFormat): Promise<string | Uint8Array> {
  switch (format) {
    case 'svg':
      return svgDocument(paperFigure(figure));
    case 'png':
      return new Uint8Array(await (await pngOf(paperFigure(figure))).arrayBuffer());
    case 'csv':
      return tableCsv(figure.table());
    case 'json':
      return tableJson(figure.table(), figureCaption(figure.facts));
    case 'npy':
      return npyFile(figure.table().values);
  }
}

/** A figure with its numbers and its caption, for a folder of them. */
export async function figureFiles(figure: Figure): Promise<readonly NamedFile[]> {
  const formats = ['svg', 'png', 'csv', 'json', 'npy'] as const;
  return [
    ...(await Promise.all(formats.map((format) => figureFile(figure, format)))),
    { name: `${figure.name}.txt`, content: `${figureCaption(figure.facts)}\n` },
  ];
}
