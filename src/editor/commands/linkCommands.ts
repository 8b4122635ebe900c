import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { UserError } from '../../errors';
import { isolated } from '../../format/isolated';
import { attempt } from '../attempt';
import { linkParts, readLink } from '../conceptLink';
import { showStatus } from '../notify';
import { nameOf } from '../stores/conceptDocument';
import type { ConceptStore } from '../stores/conceptStore';
import type { CommandHandlers } from './commandTable';
import { askForConcept } from './askForRow';

const extensionId = 'concept-probe.concept-probe';

/** Shows a concept in the panel. */
export type ShowConcept = (concept: string) => void;

/** The commands that lead to a concept's view. */
export function linkCommands(
  store: ConceptStore,
  showConcept: ShowConcept,
): Pick<CommandHandlers, `conceptProbe.${'showConcept' | 'copyConceptLink'}`> {
  return {
    'conceptProbe.showConcept': async (given) => {
      const name = given?.concept ?? (await askForConcept(store, t('Select a Concept to Show')));
      if (name !== undefined) showConcept(name);
    },
    'conceptProbe.copyConceptLink': async (given) => {
      const name = given?.concept ?? (await askForConcept(store, t('Select a Concept to Link To')));
      const { state } = store;
      if (name === undefined || state.kind === 'none') return;
      const file = inWorkspace(state.uri);
      const link = vscode.Uri.from({
        scheme: vscode.env.uriScheme,
        authority: extensionId,
        ...linkParts({ file, name }),
      });
      await vscode.env.clipboard.writeText(link.toString());
      showStatus(t`Copied a link to ${name}`, 4000);
    },
  };
}

/** Links to a concept, which may come from anywhere. They open only concept files of the workspace. */
export function handleLinks(
  store: ConceptStore,
  showConcept: ShowConcept,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  return vscode.window.registerUriHandler({
    handleUri: (uri) =>
      attempt(async () => {
        const { file, name } = readLink(uri);
        const target = (await store.files()).find((found) => relativePath(found) === file);
        if (!target)
          throw new UserError(
            t`The link is to ${isolated(file)}, which is not in this workspace; open its folder and try again.`,
          );
        await store.choose(target);
        if (!store.concepts.some((concept) => concept.name === name))
          throw new UserError(t`${isolated(nameOf(target))} has no concept named ${isolated(name)}.`);
        showConcept(name);
      }, log),
  });
}

/** @throws UserError if the file is not in a folder of the workspace */
function inWorkspace(uri: vscode.Uri): string {
  const file = relativePath(uri);
  if (file === undefined)
    throw new UserError(
      t(
        'Links lead to concept files of a folder. Save the concept file in a folder and open that folder first.',
      ),
    );
  return file;
}

function relativePath(uri: vscode.Uri): string | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return folder && uri.path.slice(folder.uri.path.length).replace(/^\//u, '');
}
