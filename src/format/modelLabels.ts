import { t } from '@vscode/l10n';
import { nameInReference } from './modelSource';
import { formatCount } from './numbers';
import type { ComparedModel } from '../protocol/manyModels';

/** A short name for each model, with as much of its place as makes it unique: the model, its file, its reference. */
export function modelLabels(models: readonly ComparedModel[]): string[] {
  const choices = models.map(({ reference, summary }) => {
    const asNamed = reference === '' ? t('built-in model') : reference;
    if (!summary) return [nameInReference(reference) ?? lastPart(asNamed), asNamed];
    const withFile = `${summary.name}, ${lastPart(summary.file)}`;
    return [summary.name, withFile, `${withFile} (${asNamed})`];
  });
  const isUnique = (label: string, depth: number): boolean =>
    choices.filter((labels) => (labels[depth] ?? labels.at(-1)) === label).length === 1;
  return choices.map((labels) => labels.find(isUnique) ?? labels.at(-1)!);
}

/** The last name of a path. */
export function lastPart(path: string): string {
  return path.split(/[/\\]/u).findLast(Boolean) ?? path;
}

/** "15.2 M", "7.0 B"; "missing" where no file states it. */
export function parametersText(parameters: number | null): string {
  if (parameters === null) return t('missing');
  const units = ['', 'k', 'M', 'B', 'T'];
  let [value, unit] = [parameters, 0];
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return unit === 0
    ? formatCount(parameters)
    : `${value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${units[unit]!}`;
}
