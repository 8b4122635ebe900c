import { t } from '@vscode/l10n';
/** "about 4 s", "about 3 min" */
export function formatDuration(seconds: number): string {
  if (seconds < 90) return t`about ${Math.max(1, Math.round(seconds))}\u00a0s`;
  return seconds < 5400
    ? t`about ${Math.round(seconds / 60)}\u00a0min`
    : t`about ${Math.round(seconds / 3600)}\u00a0h`;
}
