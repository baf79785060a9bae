// The search of the documentation: an index from the server, ranked here, and a list that the keyboard moves in.
import { find, prepare, terms } from './ranking.mjs';

/** How many pages are shown. */
const MOST = 12;
/** How many letters of a text are shown around what was found in it. */
const AROUND = 90;

/** Shows the search, and lets `/` reach it. */
export function offerSearch(page) {
  const box = page.querySelector('.search');
  if (!box) return;
  const search = new Search(box);
  box.hidden = false;
  page.addEventListener('keydown', (event) => search.reach(event));
}

class Search {
  constructor(box) {
    this.box = box;
    this.input = box.querySelector('input');
    this.list = box.querySelector('[role=listbox]');
    this.status = box.querySelector('[role=status]');
    this.active = -1;
    this.input.addEventListener('focus', () => this.load());
    this.input.addEventListener('input', () => this.show());
    this.input.addEventListener('keydown', (event) => this.move(event));
    box.addEventListener('focusout', (event) => {
      if (!box.contains(event.relatedTarget)) this.close();
    });
    // A click on a result must not take the focus first, which would close the list under it.
    this.list.addEventListener('mousedown', (event) => event.preventDefault());
    // A result on this very page is no new page: the list has done its work.
    this.list.addEventListener('click', () => this.close());
  }

  /** `/`, or Ctrl and K, from anywhere but a place that is written in. */
  reach(event) {
    const written = event.target.closest?.('input, textarea, select, [contenteditable]');
    const slash = event.key === '/' && !written && !event.ctrlKey && !event.metaKey && !event.altKey;
    const quick = event.key === 'k' && (event.ctrlKey || event.metaKey);
    if (!slash && !quick) return;
    event.preventDefault();
    this.input.focus();
    this.input.select();
  }

  /** The index, fetched once; a failed attempt is tried again at the next letter. */
  load() {
    this.index ??= fetch(this.box.dataset.index)
      .then((answer) => answer.json())
      .then(prepare)
      .catch(() => {
        this.index = undefined;
        return undefined;
      });
    return this.index;
  }

  async show() {
    const query = this.input.value;
    if (terms(query).length === 0) return this.close();
    const index = await this.load();
    // What is asked for may have changed while the index came.
    if (query !== this.input.value) return;
    if (!index) return this.say('The search could not be loaded.');
    const found = find(index, query, MOST);
    if (found.length === 0) return this.say(`Nothing has all of “${query.trim()}”.`);
    this.list.replaceChildren(...found.map((page, at) => option(page, at, terms(query))));
    this.open();
    this.choose(0);
    this.status.textContent = found.length === 1 ? '1 page' : `${found.length} pages`;
  }

  say(text) {
    const empty = element('p', 'empty', text);
    empty.setAttribute('role', 'option');
    empty.setAttribute('aria-disabled', 'true');
    this.list.replaceChildren(empty);
    this.active = -1;
    this.input.removeAttribute('aria-activedescendant');
    this.open();
    this.status.textContent = text;
  }

  open() {
    this.list.hidden = false;
    this.input.setAttribute('aria-expanded', 'true');
  }

  close() {
    this.list.hidden = true;
    this.status.textContent = '';
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }

  move(event) {
    const options = this.list.querySelectorAll('a');
    const shown = !this.list.hidden && options.length > 0;
    if (event.key === 'Escape') {
      event.preventDefault();
      if (this.list.hidden) {
        this.input.value = '';
        this.input.blur();
      }
      this.close();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!shown) return void this.show();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.choose((this.active + step + options.length) % options.length);
    } else if (event.key === 'Enter' && shown) {
      event.preventDefault();
      options[this.active].click();
    }
  }

  choose(at) {
    const options = this.list.querySelectorAll('a');
    options[this.active]?.setAttribute('aria-selected', 'false');
    this.active = at;
    options[at].setAttribute('aria-selected', 'true');
    options[at].scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-activedescendant', options[at].id);
  }
}

function option(page, at, wanted) {
  const link = element('a');
  link.id = `found-${at}`;
  link.href = page.path;
  link.tabIndex = -1;
  link.setAttribute('role', 'option');
  link.setAttribute('aria-selected', 'false');
  const title = element('span', 'title');
  title.append(...marked(page.title, wanted));
  link.append(title, element('span', 'kind', page.kind));
  if (page.route) {
    const route = element('span', 'where');
    const path = element('span', 'path');
    path.append(...marked(page.route, wanted));
    route.append(element('span', `method ${page.method.toLowerCase()}`, page.method), ' ', path);
    link.append(route);
  } else {
    const text = element('span', 'where');
    text.append(...marked(page.about || excerpt(page.words, wanted), wanted));
    link.append(text);
  }
  return link;
}

/** The part of a text around the first of the terms that is in it. */
function excerpt(text, wanted) {
  const lower = text.toLowerCase();
  const places = wanted.map((term) => lower.indexOf(term)).filter((at) => at >= 0);
  const at = places.length ? Math.min(...places) : 0;
  const from = at < AROUND / 2 ? 0 : text.lastIndexOf(' ', at - AROUND / 3) + 1;
  return `${from > 0 ? '… ' : ''}${text.slice(from, from + AROUND)}${from + AROUND < text.length ? ' …' : ''}`;
}

/** The nodes of a text in which the words that begin with a term are marked. */
function marked(text, wanted) {
  const escaped = wanted.map((term) => term.replace(/[.*+?^${}()|[\]\\\/]/g, '\\$&'));
  const parts = text.split(new RegExp(`(?<![\\p{L}\\p{N}])(${escaped.join('|')})`, 'iu'));
  return parts.map((part, at) => (at % 2 ? element('mark', '', part) : part));
}

function element(name, of = '', text = '') {
  const made = document.createElement(name);
  if (of) made.className = of;
  made.textContent = text;
  return made;
}
