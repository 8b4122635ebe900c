/**
 * Brings the section of the chosen concept into view after it was chosen in the overview, unless its beginning is there
 * already. The focus goes along, so that the Tab key continues with the section's own controls. The page
 * jumps: nothing moves for readers who asked for less motion.
 */
export function revealConcept(): void {
  const title = document.getElementById('concept-title');
  const section = title?.closest('section');
  if (!title || !section) return;
  title.focus({ preventScroll: true });
  const beginning = section.querySelector('.figures, [data-testid=too-few]') ?? title;
  const isSeen =
    title.getBoundingClientRect().top >= 0 && beginning.getBoundingClientRect().bottom <= innerHeight;
  if (!isSeen) section.scrollIntoView();
}
