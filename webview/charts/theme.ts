/** The current colours and fonts, for canvases, which cannot use CSS variables. */
export interface Theme {
  readonly isDark: boolean;
  readonly foreground: string;
  readonly background: string;
  readonly muted: string;
  readonly line: string;
  readonly fontFamily: string;
  /** Colour of the concept at an index of the concept file. */
  readonly concept: (index: number) => string;
}

/** Number of concept colours that the extension contributes; the ninth concept has the first colour again. */
export const conceptColors = 8;

/** 1…8, the number in the colour's and the CSS class's name. */
export function conceptColorNumber(index: number): number {
  return (index % conceptColors) + 1;
}

let known: Theme | undefined;
let isWatched = false;

/** The current theme, read once for all charts until it changes. */
export function readTheme(): Theme {
  if (!isWatched) {
    isWatched = true;
    onThemeChange(() => {
      known = undefined;
    });
  }
  known ??= themeOfStyles();
  return known;
}

function themeOfStyles(): Theme {
  const style = getComputedStyle(document.body);
  const read = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise;
  const foreground = read('--vscode-foreground', style.color);
  const concepts = Array.from({ length: conceptColors }, (_, index) =>
    read(`--vscode-conceptProbe-concept${conceptColorNumber(index)}`, foreground),
  );
  return {
    isDark: isDark(),
    foreground,
    background: read('--vscode-editor-background', style.backgroundColor),
    muted: read('--vscode-descriptionForeground', foreground),
    line: read('--vscode-contrastBorder', read('--vscode-widget-border', 'rgba(128, 128, 128, 0.35)')),
    fontFamily: read('--vscode-font-family', 'sans-serif'),
    concept: (index) => concepts[conceptColorNumber(index) - 1]!,
  };
}

/** Calls `changed` after every change of theme. @returns a function that stops this */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  // VS Code sets the kind of theme in the body's class and the variables in the root's style.
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  return () => {
    observer.disconnect();
  };
}

function isDark(): boolean {
  const { classList } = document.body;
  // VS Code also gives its light high-contrast theme the class of the dark one.
  if (classList.contains('vscode-high-contrast-light')) return false;
  return classList.contains('vscode-dark') || classList.contains('vscode-high-contrast');
}
