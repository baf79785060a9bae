// The console of an operation's page: it sends the form to this server, and shows what is answered.
import { coloured, indented } from './colour.mjs';
import { offerCopies } from './copy.mjs';

// Both are forgotten when the tab is closed, and no other site can read them.
const TOKEN = 'penstock.token';
const OPENED = 'penstock.console';

/** How many letters of an answer are shown. */
const MOST = 200_000;

/** Makes the console of a page work, where there is one. */
export function offerConsole(page) {
  const box = page.querySelector('.console');
  if (box) new Console(box);
}

class Console {
  constructor(box) {
    this.box = box;
    this.form = box.querySelector('form');
    this.token = box.querySelector('#token');
    this.button = box.querySelector('[type=submit]');
    this.warning = box.querySelector('.warning');
    this.reply = box.querySelector('.reply');
    this.token.value = read(TOKEN) ?? '';
    this.form.hidden = false;
    box.open = read(OPENED) === 'open';
    box.addEventListener('toggle', () => keep(OPENED, box.open ? 'open' : ''));
    this.token.addEventListener('input', () => keep(TOKEN, this.token.value.trim()));
    box.querySelector('[data-forget]').addEventListener('click', () => this.forget());
    this.form.addEventListener('input', () => this.doubt());
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    this.button.addEventListener('blur', () => this.doubt());
    this.button.addEventListener('keydown', (event) => event.key === 'Escape' && this.doubt());
  }

  forget() {
    keep(TOKEN, '');
    this.token.value = '';
    this.token.focus();
  }

  get method() {
    return this.box.dataset.method;
  }

  /** What deletes is sent by a second click. */
  submit() {
    if (this.method === 'DELETE' && !this.sure) {
      this.sure = true;
      this.button.textContent = 'Yes, send DELETE';
      this.button.classList.add('sure');
      this.warning.textContent = `This deletes on ${location.host}. Click again to send it.`;
      return;
    }
    this.doubt();
    this.send();
  }

  /** Takes back that a deletion is meant. */
  doubt() {
    if (!this.sure) return;
    this.sure = false;
    this.button.textContent = 'Send';
    this.button.classList.remove('sure');
    this.warning.textContent = '';
  }

  /** The request as the form says it: `{url, options}`. */
  request() {
    const filled = [...this.form.querySelectorAll('[data-in]')].filter((field) => field.value.trim() !== '');
    const of = (place) => filled.filter((field) => field.dataset.in === place);
    let path = this.box.dataset.path;
    for (const field of of('path')) path = path.replace(`{${field.name}}`, encodeURIComponent(field.value.trim()));
    const url = new URL(path, location.origin);
    for (const field of of('query')) url.searchParams.append(field.name, field.value.trim());
    // A path that would lead to another server takes no token there.
    if (url.origin !== location.origin) throw new Error(`${url.origin} is another server`);
    const headers = new Headers();
    if (this.token.value.trim()) headers.set('x-api-token', this.token.value.trim());
    for (const field of of('header')) headers.set(field.name, field.value.trim());
    const [body] = of('body');
    if (body) headers.set('content-type', 'application/json');
    const options = { method: this.method, headers, body: body?.value, credentials: 'omit', cache: 'no-store', redirect: 'error' };
    return { url, options };
  }

  async send() {
    this.button.disabled = true;
    const begun = performance.now();
    try {
      const { url, options } = this.request();
      const answer = await fetch(url, options);
      const text = await answer.text();
      const took = Math.round(performance.now() - begun);
      this.show(url, answer, text, took);
    } catch (fault) {
      this.reply.replaceChildren(told('bad', 'Nothing was answered', fault.message));
    } finally {
      this.button.disabled = false;
      this.button.focus({ preventScroll: true });
    }
  }

  show(url, answer, text, took) {
    const status = `${answer.status} ${answer.statusText}`.trim();
    const line = told(answer.ok ? 'good' : 'bad', status, `${took} ms`, size(text));
    const asked = element('span', '', `${this.method} ${url.pathname}${url.search}`);
    line.append(asked);
    const headers = element('details');
    const names = [...answer.headers];
    headers.append(element('summary', '', `Headers: ${names.length}`), list(names));
    this.reply.replaceChildren(line, headers, block(text));
    offerCopies(this.reply);
  }
}

function told(good, status, ...rest) {
  const line = element('p', 'told');
  line.append(element('span', `status ${good}`, status), ...rest.map((text) => element('span', '', text)));
  return line;
}

function list(headers) {
  const list = element('dl');
  for (const [name, value] of headers) list.append(element('dt', '', name), element('dd', '', value));
  return list;
}

/** An answer as a block of code: JSON with an indentation and colours, all else as it came. */
function block(text) {
  const figure = element('figure', 'code');
  const code = element('code');
  let shown = text;
  let json = false;
  try {
    JSON.parse(text);
    shown = indented(text);
    json = true;
  } catch {
    // It is no JSON, or none that a browser reads.
  }
  const cut = shown.length > MOST;
  if (cut) shown = shown.slice(0, MOST);
  code.append(...(json ? coloured(shown) : [shown]));
  const caption = cut ? `Answer, the first ${size(shown)} of ${size(text)}` : 'Answer';
  const pre = element('pre');
  pre.tabIndex = 0;
  pre.append(code);
  figure.append(element('figcaption', '', text === '' ? 'An answer without a body' : caption), pre);
  return figure;
}

function size(text) {
  const bytes = new TextEncoder().encode(text).length;
  return bytes < 1000 ? `${bytes} bytes` : `${(bytes / 1000).toFixed(1)} kB`;
}

function element(name, of = '', text = '') {
  const made = document.createElement(name);
  if (of) made.className = of;
  made.textContent = text;
  return made;
}

// A browser may forbid storage: then nothing is kept.
function read(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key, value) {
  try {
    if (value) sessionStorage.setItem(key, value);
    else sessionStorage.removeItem(key);
  } catch {
    // As said above.
  }
}
