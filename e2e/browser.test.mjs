// The served documentation in a browser: what its scripts do, by keyboard and on a phone, without anybody else's server,
// and for people who do not see it.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { launch, open } from './lib/browser.mjs';
import { target } from './lib/target.mjs';

const axe = createRequire(import.meta.url)('axe-core').source;
const { url, token } = target();

/** One page of each kind. */
const KINDS = {
  landing: '/',
  overview: '/docs',
  guide: '/docs/guides/custom-fields',
  project: '/docs/project/guesses',
  openapi: '/docs/openapi',
  api: '/docs/virtual',
  group: '/docs/v1/deals',
  'operation that reads': '/docs/v2/deals/getDeals',
  'operation that writes': '/docs/v2/deals/updateDeal',
  schema: '/docs/v1/schemas/Deal',
  'nothing there': '/docs/nothing',
};
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Runs a test on a page of its own; what it may not say or ask, it has not. */
async function on(path, options, act) {
  const { page, heard, close } = await open(browser, options);
  try {
    await page.goto(path);
    await act(page, heard);
    assert.deepEqual(heard.strangers, [], 'it asks this server alone');
    assert.deepEqual(heard.faults, [], 'the console is silent');
  } finally {
    await close();
  }
}

/** The element that has the focus, as text. */
const focused = (page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent);

test('the search is reached by a slash, moved in by arrows and opens an operation by Enter', async () => {
  await on('/docs', {}, async (page) => {
    await page.keyboard.press('/');
    assert.equal(await focused(page), 'search');
    await page.keyboard.type('update deal');
    const chosen = page.locator('[role=option][aria-selected=true]');
    await chosen.waitFor();
    assert.match(await chosen.textContent(), /Update a deal.*PATCH.*\/api\/v2\/deals\/\{id\}/s);
    await page.keyboard.press('ArrowDown');
    assert.match(await chosen.textContent(), /PUT.*\/v1\/deals\/\{id\}/s);
    const active = await page.getAttribute('#search', 'aria-activedescendant');
    assert.equal(await chosen.getAttribute('id'), active, 'who listens hears what is chosen');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/docs/v2/deals/updateDeal');
  });
});

test('the search opens the part of a guide that was asked for', async () => {
  await on('/docs/v1', {}, async (page) => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('by cursor');
    await page.locator('[role=option][aria-selected=true]').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/docs/guides/paging#by-cursor');
  });
});

test('Escape closes the search, then empties and leaves it; a word that is nowhere is said to be', async () => {
  await on('/', {}, async (page) => {
    await page.keyboard.press('/');
    await page.keyboard.type('xylophone');
    await page.locator('[role=option]', { hasText: 'Nothing has all of' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    assert.equal(await page.isVisible('#found'), false);
    assert.equal(await page.inputValue('#search'), 'xylophone');
    await page.keyboard.press('Escape');
    assert.equal(await page.inputValue('#search'), '');
    assert.notEqual(await focused(page), 'search');
    assert.equal(new URL(page.url()).pathname, '/');
  });
});

test('a slash that is written stays one', async () => {
  await on('/docs/v2/deals/getDeal', {}, async (page) => {
    await page.locator('.console > summary').click();
    await page.locator('#path-id').fill('');
    await page.locator('#path-id').press('/');
    assert.equal(await page.inputValue('#path-id'), '/');
  });
});

test('a button copies the code beside it and says so', async () => {
  const permissions = ['clipboard-read', 'clipboard-write'];
  await on('/docs/guides/getting-started', { permissions }, async (page) => {
    const blocks = page.locator('figure.code');
    assert.equal(await page.locator('figure.code > .copy').count(), await blocks.count(), 'every block has one');
    await blocks.nth(1).locator('.copy').focus();
    await page.keyboard.press('Enter');
    await page.locator('[role=status]', { hasText: 'Copied' }).waitFor({ state: 'attached' });
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, await blocks.nth(1).locator('pre').textContent());
  });
});

test('one language is shown, chosen by keyboard and remembered on other pages', async () => {
  const shown = (page) => page.locator('.samples figure:visible').evaluateAll((all) => all.map((one) => one.dataset.language));
  await on('/docs/v2/deals/updateDeal', {}, async (page) => {
    assert.deepEqual(await shown(page), ['curl']);
    await page.locator('.languages input:checked').focus();
    await page.keyboard.press('ArrowRight');
    assert.deepEqual(await shown(page), ['JavaScript']);
    await page.keyboard.press('ArrowRight');
    assert.deepEqual(await shown(page), ['Python']);
    await page.goto('/docs/v1/deals/getDeal');
    assert.deepEqual(await shown(page), ['Python']);
  });
});

test('the console sends a request with the token, keeps that in the tab alone, and shows status, headers and JSON', async () => {
  await on('/docs/v2/deals/getDeal', {}, async (page) => {
    await page.locator('.console > summary').press('Enter');
    await page.fill('#token', token);
    await page.locator('#token').press('Enter');
    await page.locator('.reply .status.good', { hasText: '200' }).waitFor();
    const { data } = JSON.parse(await page.textContent('.reply pre'));
    assert.equal(data.id, 1);
    assert.match(await page.textContent('.reply pre'), /\n {2}"data": \{\n/, 'a line for each key');
    assert.match(await page.textContent('.reply dl'), /content-type\s*application\/json/);
    const kept = await page.evaluate(() => [JSON.stringify(localStorage), sessionStorage.getItem('penstock.token'), document.cookie]);
    assert.deepEqual(kept, ['{}', token, '']);
    await page.goto('/docs/v2/persons/getPersons');
    assert.equal(await page.inputValue('#token'), token, 'it is there on the next page');
    await page.locator('#query-limit').evaluate((field) => (field.closest('details').open = true));
    await page.fill('#query-limit', '1');
    await page.locator('.console [type=submit]').click();
    await page.locator('.reply', { hasText: 'GET /api/v2/persons?limit=1' }).waitFor();
    assert.equal(JSON.parse(await page.textContent('.reply pre')).data.length, 1);
    await page.locator('[data-forget]').click();
    assert.equal(await page.evaluate(() => sessionStorage.getItem('penstock.token')), null);
  });
});

test('the console sends the sample body, and shows a refusal as what it is', async () => {
  await on('/docs/v1/deals/addDeal', {}, async (page, heard) => {
    await page.locator('.console > summary').click();
    await page.locator('.console [type=submit]').click();
    await page.locator('.reply .status.bad', { hasText: '401' }).waitFor();
    // The browser reports each refusal itself.
    assert.match(heard.faults.pop(), /401/);
    await page.fill('#token', token);
    await page.locator('.console [type=submit]').click();
    await page.locator('.reply .status.good', { hasText: '201' }).waitFor();
    assert.equal(JSON.parse(await page.textContent('.reply pre')).data.title, JSON.parse(await page.inputValue('#sent-body')).title);
  });
});

test('what deletes is sent by a second click, and a change in between takes the first back', async () => {
  const body = JSON.stringify({ title: 'To be deleted in a browser' });
  const headers = { 'x-api-token': token, 'content-type': 'application/json' };
  const made = await (await fetch(`${url}/api/v2/deals`, { method: 'POST', headers, body })).json();
  const there = async () => (await fetch(`${url}/api/v2/deals/${made.data.id}`, { headers })).json();
  await on('/docs/v2/deals/deleteDeal', {}, async (page) => {
    await page.locator('.console > summary').click();
    await page.fill('#token', token);
    await page.fill('#path-id', '999999');
    const send = page.locator('.console [type=submit]');
    await send.click();
    await page.locator('.warning', { hasText: 'Click again' }).waitFor();
    await page.fill('#path-id', String(made.data.id));
    assert.equal(await send.textContent(), 'Send');
    await send.click();
    assert.equal((await there()).data.is_deleted, false, 'one click deletes nothing');
    await send.click();
    await page.locator('.reply .status.good', { hasText: '200' }).waitFor();
    assert.notEqual((await there()).data?.is_deleted, false);
  });
});

test('on a phone the menu opens, leads on, and closes by Escape, which gives the focus back', async () => {
  await on('/docs/v2/deals/getDeals', PHONE, async (page) => {
    assert.equal(await page.isVisible('#menu'), false);
    await page.tap('.menu');
    assert.equal(await page.isVisible('#menu'), true);
    await page.keyboard.press('Escape');
    assert.equal(await page.isVisible('#menu'), false);
    assert.equal(await focused(page), 'Menu');
    await page.keyboard.press('Enter');
    await page.locator('#menu').getByText('Custom fields', { exact: true }).click();
    await page.waitForURL('**/docs/guides/custom-fields');
  });
});

test('a menu that is longer than the screen shows where the page stands in it', async () => {
  const seen = () => {
    const [menu, place] = ['#menu', '#menu [aria-current]'].map((one) => document.querySelector(one).getBoundingClientRect());
    return place.top >= menu.top && place.bottom <= menu.bottom;
  };
  await on('/docs/v1/users/getUsers', { viewport: { width: 1280, height: 500 } }, async (page) => {
    assert.equal(await page.evaluate(seen), true);
    assert.equal(await page.evaluate(() => scrollY), 0, 'the page itself stays where it begins');
  });
  await on('/docs/v1/users/getUsers', PHONE, async (page) => {
    await page.tap('.menu');
    await page.waitForFunction(seen);
  });
});

test('no page is wider than a phone', async () => {
  await on('/', PHONE, async (page, heard) => {
    // The widest table of all stands among the pages about the project.
    for (const [kind, path] of Object.entries({ 'a wide table': '/docs/project/objects', ...KINDS })) {
      await page.goto(path);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(wide, 0, `${kind} at ${path} is ${wide} pixels too wide`);
    }
    // The browser reports the page that is not there.
    assert.match(heard.faults.pop(), /404/);
  });
});

test('by keyboard the first way leads past the menu, and what has the focus is seen', async () => {
  await on('/docs/v2/deals/getDeals', {}, async (page) => {
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'Skip to the content');
    await page.keyboard.press('Enter');
    assert.equal(await focused(page), 'main');
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.equal(outline, 'solid');
    assert.equal(await page.evaluate(() => document.querySelector('main').contains(document.activeElement)), true);
  });
});

test('without scripts every page can be read, languages switched and the menu opened', async () => {
  await on('/docs/v2/deals/updateDeal', { ...PHONE, javaScriptEnabled: false }, async (page) => {
    assert.equal(await page.isVisible('.search'), false);
    await page.locator('.languages label', { hasText: 'Python' }).click();
    assert.equal(await page.locator('.samples figure:visible').count(), 1);
    assert.match(await page.locator('.samples figure:visible').textContent(), /urlopen/);
    await page.tap('.menu');
    assert.equal(await page.isVisible('#menu'), true);
  });
});

test('nothing moves for who asked for less motion', async () => {
  await on('/docs', { ...PHONE, reducedMotion: 'reduce' }, async (page) => {
    await page.tap('.menu');
    assert.equal(await page.evaluate(() => document.getAnimations().length), 0);
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), 'auto');
  });
});

/** What axe finds on a page as it is now. */
async function violations(page, rules) {
  const found = await page.evaluate((only) => {
    return globalThis.axe.run(document, only ? { runOnly: only } : {}).then(({ violations }) => {
      return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
    });
  }, rules);
  return found;
}

test('axe finds no fault on any kind of page, light and dark, with everything open', { timeout: 300_000 }, async () => {
  const faults = [];
  await on('/', {}, async (page, heard) => {
    for (const [kind, path] of Object.entries(KINDS)) {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(path);
      await page.evaluate(axe);
      if (kind === 'operation that reads') await openAll(page);
      for (const fault of await violations(page)) faults.push(`${kind}, light: ${fault}`);
      await page.emulateMedia({ colorScheme: 'dark' });
      for (const fault of await violations(page, ['color-contrast'])) faults.push(`${kind}, dark: ${fault}`);
    }
    heard.faults.pop();
  });
  // Colours are judged when nothing fades in any more.
  await on('/docs/v1/deals', { ...PHONE, reducedMotion: 'reduce' }, async (page) => {
    await page.evaluate(axe);
    await page.tap('.menu');
    for (const fault of await violations(page)) faults.push(`menu: ${fault}`);
  });
  assert.deepEqual(faults, []);
});

/** The console with an answer, the search with its list. */
async function openAll(page) {
  await page.evaluate(() => document.querySelectorAll('main details').forEach((one) => (one.open = true)));
  await page.fill('#token', token);
  await page.locator('.console [type=submit]').click();
  await page.locator('.reply pre').waitFor();
  await page.evaluate(() => document.querySelectorAll('.reply details').forEach((one) => (one.open = true)));
  await page.fill('#search', 'deal');
  await page.locator('[role=option][aria-selected=true]').waitFor();
}
