import { t } from '@vscode/l10n';
import { conceptFileSuffix } from '../concepts/conceptFile';
import { UserError } from '../errors';

/** A concept of a file, as a link names it. */
export interface ConceptLink {
  /** Relative to the workspace folder, with `/`. */
  readonly file: string;
  readonly name: string;
}

const path = '/concept';

/** The path and query of a link to a concept, after `vscode://concept-probe.concept-probe`. */
export function linkParts({ file, name }: ConceptLink): { readonly path: string; readonly query: string } {
  return { path, query: new URLSearchParams({ file, name }).toString() };
}

/**
 * Reads a link, which may come from anywhere: only the relative path of a concept file below the workspace folder is
 * accepted.
 *
 * @param query decoded once at most: names may contain `&` and `%`
 * @throws UserError if it is not a link to a concept
 */
export function readLink(link: { readonly path: string; readonly query: string }): ConceptLink {
  if (link.path !== path)
    throw new UserError(t`This link to Concept Probe is not valid: its path is ${link.path || '/'}.`);
  const query = new URLSearchParams(link.query);
  const [file, name] = [query.get('file') ?? '', query.get('name') ?? ''];
  if (file === '' || name === '')
    throw new UserError(
      t('This link to Concept Probe does not name a concept; copy it from its source again.'),
    );
  const parts = file.split('/');
  const isInside = parts.every(
    (part) => part !== '' && part !== '.' && part !== '..' && !/[\\:\0]/u.test(part),
  );
  if (!isInside || !file.endsWith(conceptFileSuffix))
    throw new UserError(
      t('This link does not name a concept file of the workspace (*.concepts.json), so it is not opened.'),
    );
  return { file, name };
}
