// The parts of the documentation's scripts that know no browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indented } from '../crates/web/assets/scripts/colour.mjs';
import { find, prepare } from '../crates/web/assets/scripts/ranking.mjs';

const pages = prepare(
  [
    { title: 'Deals', kind: 'Pipedrive API v2' },
    { title: 'List deals', kind: 'Pipedrive API v2', method: 'GET', route: '/api/v2/deals' },
    { title: 'Update a deal', kind: 'Pipedrive API v2', method: 'PATCH', route: '/api/v2/deals/{id}', words: 'expected_close_date' },
    { title: 'Deal', kind: 'v2 schema', words: 'id expected_close_date', weight: 0.6 },
    { title: 'Update a stage', kind: 'Pipedrive API v2', method: 'PATCH', route: '/api/v2/stages/{id}' },
    { title: 'Paging', kind: 'Guide', words: 'a cursor leads on' },
  ].map((page) => ({ about: '', words: '', weight: 1, path: page.title, ...page })),
);
const titles = (query) => find(pages, query, 3).map((page) => page.title);

test('a title that is the query comes first, in the singular too', () => {
  assert.equal(titles('deals')[0], 'Deals');
  assert.equal(titles('Update deals')[0], 'Update a deal');
});

test('every term must be found, wherever it stands', () => {
  assert.deepEqual(titles('patch close'), ['Update a deal']);
  assert.deepEqual(titles('deal cursor'), []);
  assert.deepEqual(titles('  '), []);
});

test('a word counts more than a part of one', () => {
  assert.deepEqual(titles('date'), ['Update a deal', 'Deal', 'Update a stage']);
});

test('an operation is found by its method and path', () => {
  assert.equal(titles('PATCH /api/v2/deals')[0], 'Update a deal');
});

test('nothing that looks like a pattern is one', () => {
  assert.deepEqual(titles('.* ['), []);
});

test('JSON is indented as everywhere, whatever stands in its texts', () => {
  const values = [{}, [], 1, 'x', [[[]]], [{}], { a: [], b: {}, c: [1, [2, { x: 'a, [b]: {c} " \\' }]] }, { '[': '{', '{': '[' }, ['{', '}']];
  for (const value of values) assert.equal(indented(JSON.stringify(value)), JSON.stringify(value, null, 2));
});

test('numbers are shown as they came', () => {
  assert.equal(indented('[4200.10,12345678901234567890]'), '[\n  4200.10,\n  12345678901234567890\n]');
});
