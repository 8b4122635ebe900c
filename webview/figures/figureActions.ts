import { t } from '@vscode/l10n';
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
  { label: t('Save as SVG…'), run: saving('svg') },
  { label: t('Save as PNG…'), run: saving('png') },
  { label: t('Copy Image'), startsGroup: true, run: copyImage },
  {
    label: t('Copy as SVG'),
    run: copying(t('Copied the SVG'), (figure) => svgDocument(paperFigure(figure))),
  },
  { label: t('Copy Caption'), run: copying(t('Copied the caption'), ({ facts }) => figureCaption(facts)) },
  {
    label: t('Copy as Markdown Table'),
    startsGroup: true,
    run: copying(t('Copied the table'), ({ table }) => markdownTable(table())),
  },
  {
    label: t('Copy as LaTeX Table'),
    run: copying(t('Copied the table'), ({ table, facts }) => latexTable(table(), figureCaption(facts))),
  },
  { label: t('Save Data as CSV…'), startsGroup: true, run: saving('csv') },
  { label: t('Save Data as JSON…'), run: saving('json') },
  { label: t('Save Data as NPY…'), run: saving('npy') },
];

function saving(format: FigureFormat): FigureAction['run'] {
  return async (figure, from) => {
    const detail = await figureFile(figure, format);
    from.dispatchEvent(new CustomEvent<NamedFile>('save-file', { bubbles: true, detail }));
    return undefined;
  };
}

function copying(done: string, textOf: (figure: Figure) => string): FigureAction['run'] {
  return async (figure) => {
    await navigator.clipboard.writeText(textOf(figure));
    return done;
  };
}

async function copyImage(figure: Figure): Promise<string> {
  // The browser accepts a promise, so that drawing does not use up the reader's permission to copy.
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': pngOf(paperFigure(figure)) })]);
  return t('Copied the image');
}
