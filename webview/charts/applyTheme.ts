import { cosineGradient } from './cosineScale';
import type { Host } from '../host';
import { onThemeChange, readTheme } from './theme';

/** Updates what CSS cannot derive from the theme: the legend's colours and, in a report, the kind of theme. */
export function applyTheme(root: HTMLElement, kind: Host['kind']): void {
  if (kind === 'report') followSystem();
  const apply = () => {
    const { isDark } = readTheme();
    root.style.setProperty('--cosine-scale', cosineGradient(isDark, -1));
    root.style.setProperty('--absolute-scale', cosineGradient(isDark, 0));
    root.style.setProperty('--cosine-scale-on-paper', cosineGradient(false, -1));
    root.style.setProperty('--absolute-scale-on-paper', cosineGradient(false, 0));
  };
  apply();
  onThemeChange(apply);
}

/** Sets the body's class in a report, as VS Code does for its webviews; the toolkit's controls read it too. */
function followSystem(): void {
  document.documentElement.classList.add('report');
  const dark = matchMedia('screen and (prefers-color-scheme: dark)');
  const apply = () => {
    document.body.classList.toggle('vscode-dark', dark.matches);
    document.body.classList.toggle('vscode-light', !dark.matches);
  };
  apply();
  dark.addEventListener('change', apply);
}
