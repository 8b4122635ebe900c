import { t } from '@vscode/l10n';
import type { DrawnSvg } from './figure';
import { paperDash, paperTheme } from './paperTheme';

type Attributes = Readonly<Record<string, string>>;

/** What the style sheets say of the classes in the panel's own SVG, on paper. `color` is the concept's. */
const looks: Readonly<Record<string, (color: number) => Attributes>> = {
  edge: () => ({ stroke: paperTheme.foreground, 'stroke-width': '1.2' }),
  moral: () => ({ stroke: paperTheme.foreground, 'stroke-width': '1.2', 'stroke-dasharray': '3 3' }),
  arrow: () => ({ fill: paperTheme.foreground }),
  'space-line': (color) => ({
    stroke: paperTheme.concept(color),
    'stroke-width': '1.8',
    'stroke-dasharray': paperDash(color).join(' '),
  }),
  'space-point': () => ({ fill: paperTheme.foreground }),
  'space-label': () => ({ fill: paperTheme.foreground, 'font-size': '10.5' }),
};

const nodeCircle = (color: number): Attributes => ({
  fill: paperTheme.background,
  stroke: paperTheme.concept(color),
  'stroke-width': '2',
});
const nodeText: Attributes = {
  fill: paperTheme.foreground,
  'font-size': '10',
  'text-anchor': 'middle',
  dy: '0.35em',
};

/**
 * The SVG at `selector` as a figure: its classes become attributes, in the colours of paper.
 *
 * @throws Error if the page does not show it
 */
export function paperSvg(selector: string): DrawnSvg {
  const shown = document.querySelector<SVGSVGElement>(selector);
  if (!shown) throw new Error(t('The figure is no longer shown.'));
  const svg = shown.cloneNode(true) as SVGSVGElement;
  const all = [...svg.querySelectorAll('*')];
  all.forEach(onPaper);
  all.forEach(strip);
  const { width, height } = shown.viewBox.baseVal;
  const serializer = new XMLSerializer();
  const elements = Array.from(svg.children, (child) => serializer.serializeToString(child)).join('\n');
  return {
    elements: `<g font-family="${paperTheme.fontFamily}">${elements.replaceAll(/<!--[\s\S]*?-->/gu, '')}</g>`,
    width,
    height,
  };
}

function onPaper(element: Element): void {
  const color = conceptOf(element);
  const attributes = Array.from(element.classList).map((name) => looks[name]?.(color));
  if (element.closest('.node')) {
    if (element.tagName === 'circle') attributes.push(nodeCircle(color));
    if (element.tagName === 'text') attributes.push(nodeText);
  }
  for (const [name, value] of Object.entries(Object.assign({}, ...attributes) as Attributes))
    if (value !== '') element.setAttribute(name, value);
}

/** Removes what only the page uses. */
function strip(element: Element): void {
  for (const name of element.getAttributeNames())
    if (/^(?:class|role|tabindex|aria-|data-)/u.test(name)) element.removeAttribute(name);
}

function conceptOf(element: Element): number {
  const name = /\bconcept-(\d+)/u.exec(element.closest('[class*="concept-"]')?.getAttribute('class') ?? '');
  return Number(name?.[1] ?? 1) - 1;
}
