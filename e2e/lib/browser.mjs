// A browser that sees the documentation as a reader does, and hears what a reader does not: faults and requests.
import { chromium } from 'playwright-core';
import { target } from './target.mjs';

// What works without a screen, as root, and without asking anything of anyone else.
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser that `PENSTOCK_CHROMIUM` names. */
export function launch() {
  const executablePath = process.env.PENSTOCK_CHROMIUM;
  if (!executablePath) throw new Error('PENSTOCK_CHROMIUM is not set: it names the Chromium that the pages are tried in');
  return chromium.launch({ executablePath, args: ARGS });
}

/**
 * A page in a context of its own, with what it said and asked: `{page, heard}`. `heard.faults` are errors and warnings of
 * the console and exceptions, `heard.strangers` requests to anybody but the server.
 */
export async function open(browser, options = {}) {
  const { url } = target();
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const heard = { faults: [], strangers: [] };
  page.on('pageerror', (fault) => heard.faults.push(`${page.url()}: ${fault.message}`));
  page.on('console', (said) => {
    if (['error', 'warning'].includes(said.type())) heard.faults.push(`${page.url()}: ${said.text()}`);
  });
  context.on('request', (request) => {
    if (!request.url().startsWith(`${url}/`)) heard.strangers.push(request.url());
  });
  return { page, heard, close: () => context.close() };
}
