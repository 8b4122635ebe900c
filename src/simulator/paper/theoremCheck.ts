import { t } from '@vscode/l10n';
/** The result of checking a theorem of J, as plain data. */
export interface TheoremCheck {
  readonly theorem: string;
  readonly prediction: string;
  readonly measured: readonly { readonly name: string; readonly value: number }[];
  readonly holds: boolean;
  /** What was found, as text. */
  readonly verdict: string;
}

/** @param found what was found, without a statement on whether it agrees with the theorem */
export function theoremCheck(
  theorem: string,
  prediction: string,
  measured: Readonly<Record<string, number>>,
  holds: boolean,
  found: string,
): TheoremCheck {
  return {
    ...{ theorem, prediction, holds },
    measured: Object.entries(measured).map(([name, value]) => ({ name, value })),
    verdict: `${holds ? t('Holds.') : t('Does not hold here.')} ${found}`,
  };
}
