import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { NamedFile } from '../../protocol/panelMessages';
import { defaultUri, sayExported, writeFile } from '../exportTargets';

/** Saves a figure, or its numbers, that the panel made. @throws UserError if the file cannot be written */
export async function saveFigure({ name, content }: NamedFile): Promise<void> {
  const format = name.slice(name.lastIndexOf('.') + 1);
  const target = await vscode.window.showSaveDialog({
    title: t('Save Figure'),
    filters: { [format.toUpperCase()]: [format] },
    ...defaultUri(name),
  });
  if (!target) return;
  await writeFile(target, content);
  sayExported(target);
}
