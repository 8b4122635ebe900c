/** Milliseconds without scrolling after which the place is saved. */
const pause = 150;

/**
 * Saves where the page is scrolled to, and scrolls there again after a reload, once the page is long enough. Whoever scrolls
 * or types before that is not moved.
 *
 * @param saved in CSS pixels from the top
 */
export function rememberScroll(saved: number, save: (top: number) => void) {
  let goal = saved > 0 ? saved : null;
  let timer = 0;
  const forget = (): void => {
    goal = null;
  };
  for (const type of ['wheel', 'pointerdown', 'keydown'])
    addEventListener(type, forget, { once: true, passive: true });
  addEventListener(
    'scroll',
    () => {
      if (goal !== null) return;
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        save(Math.round(scrollY));
      }, pause);
    },
    { passive: true },
  );
  const restore = (): void => {
    if (goal === null || document.documentElement.scrollHeight - innerHeight < goal) return;
    // In a long list the chosen concept may be far below.
    document.querySelector('.concepts .chosen')?.scrollIntoView({ block: 'nearest' });
    scrollTo(0, goal);
    goal = null;
  };
  return {
    /** To call after every rendering. */
    rendered: (): void => {
      // Long lists are measured in the first frame.
      if (goal !== null) requestAnimationFrame(() => requestAnimationFrame(restore));
    },
    /** Another page was chosen. */
    forget,
  };
}
