/** What VS Code provides to a webview for a theme: the body's class and the root's variables. */
export interface SampleTheme {
  readonly kind: 'vscode-light' | 'vscode-dark' | 'vscode-high-contrast' | 'vscode-high-contrast-light';
  readonly variables: Readonly<Record<string, string>>;
}

const fonts = {
  'font-family': "system-ui, Ubuntu, 'Droid Sans', sans-serif",
  'font-size': '13px',
  'font-weight': 'normal',
};

const lightConcepts = [
  '#0072b2',
  '#c75000',
  '#00805e',
  '#a8327f',
  '#8a6d00',
  '#2b8bc0',
  '#6a4fb3',
  '#6b6b6b',
];
const darkConcepts = ['#4da3e0', '#f08a3c', '#2fc296', '#e08cc0', '#e0c84a', '#8fd0f5', '#b39ce8', '#b0b0b0'];

/** Values of VS Code's Default Light Modern. */
export const lightTheme = theme('vscode-light', lightConcepts, {
  foreground: '#3b3b3b',
  descriptionForeground: '#3b3b3b',
  'editor-background': '#ffffff',
  'widget-border': '#e5e5e5',
  focusBorder: '#005fb8',
  'progressBar-background': '#005fb8',
  'textLink-foreground': '#005fb8',
  'textBlockQuote-background': '#f8f8f8',
  'list-hoverBackground': '#f2f2f2',
  'list-inactiveSelectionBackground': '#e4e6f1',
  'editorHoverWidget-background': '#f8f8f8',
  'editorHoverWidget-foreground': '#3b3b3b',
  'editorHoverWidget-border': '#cecece',
  'inputValidation-warningBackground': '#f6f5d2',
  'inputValidation-warningBorder': '#b89500',
  'button-background': '#005fb8',
  'button-foreground': '#ffffff',
  'button-hoverBackground': '#0258a8',
  'button-border': '#0000001a',
  'button-secondaryBackground': '#e5e5e5',
  'button-secondaryForeground': '#3b3b3b',
  'button-secondaryHoverBackground': '#cccccc',
  'checkbox-background': '#f8f8f8',
  'checkbox-border': '#cecece',
  'dropdown-background': '#ffffff',
  'dropdown-foreground': '#3b3b3b',
  'dropdown-border': '#cecece',
  'inputOption-activeBackground': '#bed6ed',
  'inputOption-activeForeground': '#000000',
  'inputOption-activeBorder': '#005fb8',
  'input-background': '#ffffff',
  'input-foreground': '#3b3b3b',
  'input-border': '#cecece',
  'input-placeholderForeground': '#767676',
  errorForeground: '#f85149',
  disabledForeground: '#61616180',
});

/** Values of VS Code's Default Dark Modern. */
export const darkTheme = theme('vscode-dark', darkConcepts, {
  foreground: '#cccccc',
  descriptionForeground: '#9d9d9d',
  'editor-background': '#1f1f1f',
  'widget-border': '#313131',
  focusBorder: '#0078d4',
  'progressBar-background': '#0078d4',
  'textLink-foreground': '#4daafc',
  'textBlockQuote-background': '#2b2b2b',
  'list-hoverBackground': '#2a2d2e',
  'list-inactiveSelectionBackground': '#37373d',
  'editorHoverWidget-background': '#202020',
  'editorHoverWidget-foreground': '#cccccc',
  'editorHoverWidget-border': '#454545',
  'inputValidation-warningBackground': '#352a05',
  'inputValidation-warningBorder': '#b89500',
  'button-background': '#0078d4',
  'button-foreground': '#ffffff',
  'button-hoverBackground': '#026ec1',
  'button-border': '#ffffff12',
  'button-secondaryBackground': '#313131',
  'button-secondaryForeground': '#cccccc',
  'button-secondaryHoverBackground': '#3c3c3c',
  'checkbox-background': '#313131',
  'checkbox-border': '#3c3c3c',
  'dropdown-background': '#313131',
  'dropdown-foreground': '#cccccc',
  'dropdown-border': '#3c3c3c',
  'inputOption-activeBackground': '#2489db82',
  'inputOption-activeForeground': '#ffffff',
  'inputOption-activeBorder': '#2488db',
  'input-background': '#313131',
  'input-foreground': '#cccccc',
  'input-border': '#3c3c3c',
  'input-placeholderForeground': '#989898',
  errorForeground: '#f85149',
  disabledForeground: '#cccccc80',
});

/** Values of VS Code's Dark High Contrast: many colours are intentionally missing. */
export const highContrastTheme = theme('vscode-high-contrast', darkConcepts, {
  foreground: '#ffffff',
  descriptionForeground: '#ffffffb3',
  'editor-background': '#000000',
  contrastBorder: '#6fc3df',
  contrastActiveBorder: '#f38518',
  focusBorder: '#f38518',
  'widget-border': '#6fc3df',
  'progressBar-background': '#6fc3df',
  'textLink-foreground': '#21a6ff',
  'list-hoverBackground': '#ffffff1a',
  'editorHoverWidget-background': '#0c141f',
  'editorHoverWidget-foreground': '#ffffff',
  'editorHoverWidget-border': '#6fc3df',
  'inputValidation-warningBackground': '#332b00',
  'inputValidation-warningBorder': '#6fc3df',
  'button-foreground': '#ffffff',
  'button-border': '#6fc3df',
  'button-secondaryForeground': '#ffffff',
  'checkbox-border': '#6fc3df',
  'dropdown-background': '#000000',
  'dropdown-foreground': '#ffffff',
  'dropdown-border': '#6fc3df',
  'inputOption-activeBackground': '#00000000',
  'inputOption-activeForeground': '#ffffff',
  'inputOption-activeBorder': '#6fc3df',
  'input-background': '#000000',
  'input-foreground': '#ffffff',
  'input-border': '#6fc3df',
  'input-placeholderForeground': '#ffffffb3',
  errorForeground: '#f48771',
  disabledForeground: '#a5a5a5',
});

/** Values of VS Code's Light High Contrast. */
export const highContrastLightTheme = theme('vscode-high-contrast-light', lightConcepts, {
  foreground: '#292929',
  descriptionForeground: '#292929b3',
  'editor-background': '#ffffff',
  contrastBorder: '#0f4a85',
  contrastActiveBorder: '#006bbd',
  focusBorder: '#006bbd',
  'widget-border': '#0f4a85',
  'progressBar-background': '#0f4a85',
  'textLink-foreground': '#0f4a85',
  'textBlockQuote-background': '#f2f2f2',
  'list-hoverBackground': '#0f4a851a',
  'list-inactiveSelectionBackground': '#0f4a851a',
  'editorHoverWidget-background': '#ffffff',
  'editorHoverWidget-foreground': '#292929',
  'editorHoverWidget-border': '#0f4a85',
  'inputValidation-warningBackground': '#ffffff',
  'inputValidation-warningBorder': '#895503',
  'button-background': '#0f4a85',
  'button-foreground': '#ffffff',
  'button-border': '#0f4a85',
  'button-secondaryBackground': '#ffffff',
  'button-secondaryForeground': '#292929',
  'checkbox-background': '#ffffff',
  'checkbox-border': '#0f4a85',
  'dropdown-background': '#ffffff',
  'dropdown-foreground': '#292929',
  'dropdown-border': '#0f4a85',
  'inputOption-activeBackground': '#00000000',
  'inputOption-activeForeground': '#292929',
  'inputOption-activeBorder': '#0f4a85',
  'input-background': '#ffffff',
  'input-foreground': '#292929',
  'input-border': '#0f4a85',
  'input-placeholderForeground': '#292929b3',
  errorForeground: '#b5200d',
  disabledForeground: '#7f7f7f',
});

function theme(
  kind: SampleTheme['kind'],
  concepts: readonly string[],
  colors: Readonly<Record<string, string>>,
): SampleTheme {
  const conceptVariables = Object.fromEntries(
    concepts.map((color, i) => [`conceptProbe-concept${i + 1}`, color]),
  );
  const all = { ...fonts, ...colors, ...conceptVariables };
  return {
    kind,
    variables: Object.fromEntries(Object.entries(all).map(([name, value]) => [`--vscode-${name}`, value])),
  };
}

/** The classes that VS Code gives the body. */
export function bodyClasses({ kind }: SampleTheme): string {
  return kind === 'vscode-high-contrast-light' ? `${kind} vscode-high-contrast` : kind;
}
