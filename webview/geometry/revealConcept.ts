/**
 * Brings the section of the chosen concept into view, unless its beginning is there already. The page jumps: nothing moves for
 * readers who asked for less motion.
 *
 * @param takesFocus whether the focus goes along, so that the Tab key continues with the section's own controls
 */
export function revealConcept({ takesFocus }: { readonly takesFocus: boolean }): void {
  const title = document.getElementById('concept-title');
  const section = title?.closest('section');
  if (!title || !section) return;
  if (takesFocus) title.focus({ preventScroll: true });
  const beginning = section.querySelector('.figures, [data-testid=too-few]') ?? title;
  const isSeen =
    title.getBoundingClientRect().top >= 0 && beginning.getBoundingClientRect().bottom <= innerHeight;
  if (!isSeen) section.scrollIntoView();
}
