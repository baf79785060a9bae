// The menu beside a page is longer than the screen and scrolls by itself: it shows where the page stands in it.

/** Scrolls the menu, and nothing else, to the page that is read. */
export function showPlace(page) {
  const menu = page.querySelector('#menu');
  const place = menu?.querySelector('[aria-current]');
  if (!place) return;
  const show = () => {
    const [outer, inner] = [menu.getBoundingClientRect(), place.getBoundingClientRect()];
    if (inner.bottom > outer.bottom || inner.top < outer.top) menu.scrollTop += inner.top - outer.top - outer.height / 3;
  };
  show();
  menu.addEventListener('toggle', show);
}
