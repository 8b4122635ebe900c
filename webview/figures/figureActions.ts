import type { NamedFile } from '../../src/protocol/panelMessages';
import { latexTable, markdownTable } from '../../src/export/figures/tableText';
import { figureCaption } from '../../src/format/figureCaption';
import type { Figure } from './figure';
import { figureFile, type FigureFormat } from './figureFiles';
import { paperFigure, svgDocument } from './paperFigure';
import { pngOf } from './pngOf';

/** An entry of a figure's menu. */
export interface FigureAction {
  readonly label: string;
  readonly startsGroup?: true;
  /** @returns what to tell the reader; `undefined` if the host does */
  readonly run: (figure: Figure, from: HTMLElement) => Promise<string | undefined>;
}

export const figureActions: readonly FigureAction[] = [
  { label: 'Save as SVG…', run: saving('svg') },
  { label: 'Save as PNG…', run: saving('png') },
  { label: 'Copy Image', startsGroup: true, run: copyImage },
  { label: 'Copy as SVG', run: copying('SVG', (figure) => svgDocument(paperFigure(figure))) },
  { label: 'Copy Caption', run: copying('caption', ({ facts }) => figureCaption(facts)) },
  {
    label: 'Copy as Markdown Table',
    startsGroup: true,
    run: copying('table', ({ table }) => markdownTable(table())),
  },
  {
    label: 'Copy as LaTeX Table',
    run: copying('table', ({ table, facts }) => latexTable(table(), figureCaption(facts))),
  },
  { label: 'Save Data as CSV…', startsGroup: true, run: saving('csv') },
  { label: 'Save Data as JSON…', run: saving('json') },
  { label: 'Save Data as NPY…', run: saving('npy') },
];

function saving(format: FigureFormat): FigureAction['run'] {
  return async (figure, from) => {
    const detail = await figureFile(figure, format);
    from.dispatchEvent(new CustomEvent<NamedFile>('save-file', { bubbles: true, detail }));
    return undefined;
  };
}

function copying(what: string, textOf: (figure: Figure) => string): FigureAction['run'] {
  return async (figure) => {
    await navigator.clipboard.writeText(textOf(figure));
    return `Copied the ${what}`;
  };
}

async function copyImage(figure: Figure): Promise<string> {
  // The browser accepts a promise, so that drawing does not use up the reader's permission to copy.
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': pngOf(paperFigure(figure)) })]);
  return 'Copied the image';
}
