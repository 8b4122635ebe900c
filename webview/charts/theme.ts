/** Colours and fonts of the moment, for what is drawn on a canvas and so cannot use CSS variables. */
export interface Theme {
  readonly isDark: boolean;
  readonly foreground: string;
  readonly background: string;
  readonly muted: string;
  readonly line: string;
  readonly fontFamily: string;
  /** Colour of the concept at a position in the concept file. */
  readonly concept: (index: number) => string;
}

/** How many concept colours the extension contributes; the ninth concept takes the first again. */
export const conceptColors = 8;

/** 1…8, the number in the colour's and the CSS class's name. */
export function conceptColorNumber(index: number): number {
  return (index % conceptColors) + 1;
}

let known: Theme | undefined;
let isWatched = false;

/** The theme of now; read once for all charts until it changes. */
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

/** Calls `changed` after every change of theme. Returns how to stop. */
export function onThemeChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  // VS Code names the theme's kind in the body's class and writes the variables into the root's style.
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  return () => {
    observer.disconnect();
  };
}

function isDark(): boolean {
  const { classList } = document.body;
  // VS Code gives its light high contrast the class of the dark one too.
  if (classList.contains('vscode-high-contrast-light')) return false;
  return classList.contains('vscode-dark') || classList.contains('vscode-high-contrast');
}
