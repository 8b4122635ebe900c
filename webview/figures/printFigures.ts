import { FigureMenu } from './figureMenu';
import { idOf, pictureOf, svgDocument } from './paperFigure';

/**
 * Puts every figure of a report on paper as vector graphics while it is printed, in place of the canvas, which has the size and
 * the colours of the screen.
 */
export function printFigures(root: HTMLElement): void {
  const print = matchMedia('print');
  const begin = () => {
    if (root.querySelector('.print-figure')) return;
    for (const menu of root.querySelectorAll('figure-menu')) if (menu instanceof FigureMenu) addPrint(menu);
  };
  const end = () => {
    for (const figure of root.querySelectorAll('.print-figure')) figure.remove();
  };
  // Some browsers fire one of these events, some the other.
  print.addEventListener('change', () => {
    if (print.matches) begin();
    else end();
  });
  addEventListener('beforeprint', begin);
  addEventListener('afterprint', end);
}

function addPrint(menu: FigureMenu): void {
  const picture = menu.closest('figure')?.querySelector('probe-picture');
  const figure = menu.shownFigure;
  if (!picture || !figure) return;
  const drawn = svgDocument(pictureOf(figure, `print-${idOf(figure.name)}`));
  const svg = document.importNode(
    new DOMParser().parseFromString(drawn, 'image/svg+xml').documentElement,
    true,
  );
  svg.setAttribute('class', 'print-figure');
  // The menu's own position is free to change when the view is rendered again.
  picture.after(svg);
}
