import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import * as vscode from 'vscode';
import type { EngineClient } from '../../engine/engineClient';
import { npyFile } from '../../export/npy';
import { plural } from '../../format/plural';
import { sayExported, writeFile } from '../exportTargets';
import { readSettings } from '../stores/settings';
import { textInFront } from '../textInFront';
import { withProgress } from '../withNotification';

/**
 * *Export Hidden States of Selection…*: λ(x) of each selected line, taken as one context, as a row of a NumPy file.
 *
 * @throws UserError if nothing is selected, EngineError if the model cannot be run
 */
export async function exportHiddenStates(engine: EngineClient): Promise<void> {
  const editor = await textInFront();
  const text = editor?.selections.map((selection) => editor.document.getText(selection)).join('\n') ?? '';
  const lines = text.split(/\r?\n/u).filter((line) => line.trim() !== '');
  if (lines.length === 0)
    throw new UserError(t('Select the texts whose hidden states you want, one per line.'));
  const target = await vscode.window.showSaveDialog({
    title: t`Export Hidden States of ${plural(lines.length, 'Context')}`,
    filters: { NumPy: ['npy'] },
  });
  if (!target) return;
  const { model, run } = readSettings();
  const contexts = lines.map((line) => ({ text: line }));
  const request = { model, contexts, allPositions: false, ...run };
  const result = await withProgress(t('Hidden states'), (options) => engine.call('embed', request, options));
  if (!result) return;
  const { hidden, note, contexts: done } = result;
  const { rows, columns } = hidden;
  await writeFile(target, npyFile(hidden));
  const windowed = done.filter((context) => context.windowed).length;
  const remarks = [note, windowed > 0 ? t`${plural(windowed, 'context')} cut to the model’s window` : null];
  const said = remarks.filter((remark) => remark !== null).join('; ');
  sayExported(target, `${rows} × ${columns}${said === '' ? '' : `; ${said}`}`);
}
