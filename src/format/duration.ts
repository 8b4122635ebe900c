/** "about 4 s", "about 3 min" */
export function formatDuration(seconds: number): string {
  if (seconds < 90) return `about ${Math.max(1, Math.round(seconds))}\u00a0s`;
  return seconds < 5400
    ? `about ${Math.round(seconds / 60)}\u00a0min`
    : `about ${Math.round(seconds / 3600)}\u00a0h`;
}
