import { t } from '@vscode/l10n';

const headings: Readonly<Record<string, string>> = {
  Category: t('Category'),
  Concept: t('Concept'),
  Concepts: t('Concepts'),
  Context: t('Context'),
  Contexts: t('Contexts'),
  From: t('From'),
  Model: t('Model'),
  Pair: t('Pair'),
  Pairs: t('Pairs'),
  Step: t('Step'),
  Token: t('Token'),
};

/** The heading over a table's names for readers. Files of data have the same names in every language. */
export function tableHeading(noun: string): string {
  return headings[noun] ?? noun;
}
