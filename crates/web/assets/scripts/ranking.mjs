// Which pages a query finds, best first. It knows no browser.

// How much it counts where a term is found.
const WEIGHTS = { title: 10, route: 6, kind: 4, about: 3, words: 2 };

// How much it counts how a term stands there: as a word, as its beginning, inside it.
const WHOLE = 1;
const BEGINNING = 0.75;
const INSIDE = 0.12;

/** Makes pages of the index ready to be searched. */
export function prepare(pages) {
  return pages.map((page) => ({
    page,
    texts: {
      title: page.title.toLowerCase(),
      route: `${page.method ?? ''} ${page.route ?? ''}`.toLowerCase(),
      kind: page.kind.toLowerCase(),
      about: page.about.toLowerCase(),
      words: page.words.toLowerCase(),
    },
  }));
}

/** The terms of a query. */
export function terms(query) {
  return query.toLowerCase().split(/\s+/).filter((term) => term !== '');
}

/** The pages in which every term of a query is found, best first, at most `limit`. */
export function find(prepared, query, limit) {
  const wanted = terms(query);
  if (wanted.length === 0) return [];
  const found = [];
  for (const { page, texts } of prepared) {
    const score = rate(texts, wanted) * page.weight;
    if (score > 0) found.push({ page, score });
  }
  found.sort((a, b) => b.score - a.score || a.page.title.length - b.page.title.length);
  return found.slice(0, limit).map(({ page }) => page);
}

function rate(texts, wanted) {
  let sum = 0;
  for (const term of wanted) {
    const best = Math.max(stands(texts, term), 0.9 * stands(texts, singular(term)));
    if (best === 0) return 0;
    sum += best;
  }
  // The whole query as a title, or as the beginning of one, is what was meant.
  const query = wanted.join(' ');
  if (texts.title === query) return sum + 12;
  return texts.title.startsWith(query) ? sum + 5 : sum;
}

/** How well a term stands in a page's texts. */
function stands(texts, term) {
  let best = 0;
  for (const [name, weight] of Object.entries(WEIGHTS)) {
    const quality = match(texts[name], term);
    // A term that is all of a short title says more than one in a long one.
    const share = name === 'title' ? 0.6 + 0.4 * (term.length / texts.title.length) : 1;
    best = Math.max(best, weight * quality * share);
  }
  return best;
}

function match(text, term) {
  let best = 0;
  for (let at = text.indexOf(term); at >= 0 && best < WHOLE; at = text.indexOf(term, at + 1)) {
    const begins = !isLetter(text[at - 1]);
    const ends = !isLetter(text[at + term.length]);
    best = Math.max(best, begins && ends ? WHOLE : begins ? BEGINNING : INSIDE);
  }
  return best;
}

function isLetter(character) {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

function singular(term) {
  if (term.length > 4 && term.endsWith('ies')) return `${term.slice(0, -3)}y`;
  return term.length > 3 && term.endsWith('s') ? term.slice(0, -1) : term;
}
