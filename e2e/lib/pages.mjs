// Walks lists to their end, and proves on the way that no record is missed or given twice.
import assert from 'node:assert/strict';
import { hasKeys } from './expect.mjs';

const mostPages = 2000;

/** All records of a v2 list. `page({limit, cursor})` asks for one page. */
export async function walkByCursor(limit, page) {
  const all = [];
  let cursor;
  for (let number = 0; number < mostPages; number += 1) {
    const answer = await page(cursor === undefined ? { limit } : { limit, cursor });
    assert.ok(Array.isArray(answer.data), 'a v2 list is an array, also when it is empty');
    assert.ok(answer.data.length <= limit, `a page holds ${answer.data.length} records, more than ${limit}`);
    all.push(...answer.data);
    hasKeys(answer.additional_data, ['next_cursor']);
    cursor = answer.additional_data.next_cursor;
    if (cursor === null) return unique(all);
    assert.equal(typeof cursor, 'string');
    assert.ok(answer.data.length > 0, 'a page that is not the last one is empty');
  }
  return assert.fail(`the list has not ended after ${mostPages} pages`);
}

/** All records of a v1 list. `page({start, limit})` asks for one page. */
export async function walkByOffset(limit, page) {
  const all = [];
  let start = 0;
  for (let number = 0; number < mostPages; number += 1) {
    const { data, additional_data: additional } = await page({ start, limit });
    const { pagination } = additional;
    assert.equal(pagination.start, start);
    assert.equal(pagination.limit, limit);
    assert.equal(typeof pagination.more_items_in_collection, 'boolean');
    assert.ok((data?.length ?? 0) <= limit, `a page holds ${data?.length} records, more than ${limit}`);
    all.push(...(data ?? []));
    if (!pagination.more_items_in_collection) return unique(all);
    assert.equal(data.length, limit, 'a page that is not the last one is full');
    assert.equal(pagination.next_start, start + limit);
    start = pagination.next_start;
  }
  return assert.fail(`the list has not ended after ${mostPages} pages`);
}

/** What `walk(limit)` gives in large pages, once it has given the same in three or four small ones. */
export async function inAnyPages(walk) {
  const all = await walk(500);
  const again = await walk(Math.max(1, Math.floor(all.length / 3)));
  assert.deepEqual(
    again.map((one) => one.id),
    all.map((one) => one.id),
  );
  return all;
}

function unique(records) {
  const seen = new Set();
  for (const record of records) {
    const name = record.id ?? record.field_code ?? record.key;
    assert.ok(!seen.has(name), `${name} is given twice`);
    seen.add(name);
  }
  return records;
}
