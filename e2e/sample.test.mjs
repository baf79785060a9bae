// A server to which the sample of sales opportunities was imported, read back by both official clients: what a user of
// theirs counts and adds up is what stands in the files. `PENSTOCK_TOTALS` names a JSON file with the totals.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { currentClients, formerClients } from './lib/clients.mjs';
import { isRfc3339, isSpacedTime } from './lib/expect.mjs';
import { faithful } from './lib/faithful.mjs';
import { walkByCursor, walkByOffset } from './lib/pages.mjs';
import { tell } from './lib/scenario.mjs';

const statuses = ['open', 'won', 'lost'];
const currency = 'USD';
const product = { field: 'Product', name: 'GTX Pro', misspelt: 'GTXPro' };
const perPage = 500;

test('client 33.7.0 reads the sample back', { timeout: 300_000 }, (t) => tell(t, currentClients, { current }));
test('client 22.10.1 reads the sample back', { timeout: 300_000 }, (t) => tell(t, formerClients, { former }));

async function current(scenario, step) {
  const { v1, v2 } = scenario.clients;
  const totals = totalsOfTheFiles();
  const dealsOf = (query) => walkByCursor(perPage, (page) => v2.deals.getDeals({ ...query, ...page }));
  const allDeals = once(() => dealsOf({}));

  await step('every agent is a user, besides the admin', async () => {
    const { data } = await v1.users.getUsers();
    assert.equal(data.length, totals.users + 1);
  });

  await step('every account is an organization', async () => {
    const all = await walkByCursor(perPage, (page) => v2.organizations.getOrganizations(page));
    assert.equal(all.length, totals.organizations);
  });

  await step('the parents of subsidiaries are organizations of the list', async () => {
    const { data: fields } = await v2.organizationFields.getOrganizationFields({ limit: perPage });
    const parent = fields.find((one) => one.field_name === 'Parent company').field_code;
    const all = await walkByCursor(perPage, (page) => v2.organizations.getOrganizations(page));
    const parents = all.map((one) => one.custom_fields[parent]).filter((id) => id !== null);
    assert.equal(parents.length, totals.subsidiaries);
    const ids = new Set(all.map((one) => one.id));
    assert.ok(parents.every((id) => ids.has(id)));
  });

  await step('the deals are those of the files, in total and by status', async () => {
    assert.equal((await allDeals()).length, totals.deals);
    for (const status of statuses) areThoseOfTheFiles(await dealsOf({ status }), totals, status);
  });

  await step('what is won has a time of winning, what is lost one of losing, what is open neither', async () => {
    for (const deal of await allDeals()) timesFit(deal, isRfc3339);
  });

  await step('some deals have no organization', async () => {
    const all = await allDeals();
    assert.equal(all.filter((deal) => deal.org_id === null).length, totals.without_organization);
  });

  await step('a product that the files spell in two ways is one option', async () => {
    const fields = await walkByCursor(perPage, (page) => v2.dealFields.getDealFields(page));
    const { field_code: code, options } = fields.find((one) => one.field_name === product.field);
    const all = await allDeals();
    assert.equal(all.filter((deal) => deal.custom_fields[code] === theOption(options)).length, totals.two_spellings);
    spelledOnce(all, totals);
  });

  await step('the summaries add up to the files', async () => {
    for (const status of statuses) addsUp((await v1.deals.getDealsSummary({ status })).data, totals, status);
    const { data } = await v1.deals.getDealsSummary();
    assert.equal(data.total_count, totals.deals);
    assert.equal(data.values_total[currency].value, totals.won_value);
  });
}

async function former(scenario, step) {
  const { dealFields, deals, organizations, users } = scenario.clients;
  const totals = totalsOfTheFiles();
  const ask = faithful(scenario.wire);
  const dealsOf = (query) => walkByOffset(perPage, (page) => ask(() => deals.getDeals({ ...query, ...page })));
  const allDeals = once(() => dealsOf({}));

  await step('every agent is a user, besides the admin', async () => {
    const { data } = await ask(() => users.getUsers());
    assert.equal(data.length, totals.users + 1);
  });

  await step('every account is an organization', async () => {
    const all = await walkByOffset(perPage, (page) => ask(() => organizations.getOrganizations(page)));
    assert.equal(all.length, totals.organizations);
  });

  await step('the deals are those of the files, in total and by status', async () => {
    assert.equal((await allDeals()).length, totals.deals);
    for (const status of statuses) areThoseOfTheFiles(await dealsOf({ status }), totals, status);
  });

  await step('what is won has a time of winning, what is lost one of losing, what is open neither', async () => {
    for (const deal of await allDeals()) timesFit(deal, isSpacedTime);
  });

  await step('some deals have no organization, and the others show theirs', async () => {
    const all = await allDeals();
    const without = all.filter((deal) => deal.org_id === null);
    assert.equal(without.length, totals.without_organization);
    assert.ok(without.every((deal) => deal.org_name === null));
    assert.ok(all.every((deal) => deal.org_id === null || deal.org_id.name === deal.org_name));
  });

  await step('a product that the files spell in two ways is one option', async () => {
    const fields = await walkByOffset(perPage, (page) => ask(() => dealFields.getDealFields(page)));
    const { key, options } = fields.find((one) => one.name === product.field);
    const all = await allDeals();
    const option = String(theOption(options));
    assert.equal(all.filter((deal) => String(deal[key]) === option).length, totals.two_spellings);
    spelledOnce(all, totals);
  });

  await step('the summaries add up to the files', async () => {
    for (const status of statuses) addsUp((await ask(() => deals.getDealsSummary({ status }))).data, totals, status);
    const { data } = await ask(() => deals.getDealsSummary({}));
    assert.equal(data.total_count, totals.deals);
    assert.equal(data.values_total[currency].value, totals.won_value);
  });
}

// What is asked for many times and read once.
function once(read) {
  let answer;
  return () => (answer ??= read());
}

function totalsOfTheFiles() {
  const file = process.env.PENSTOCK_TOTALS;
  if (!file) throw new Error('PENSTOCK_TOTALS is not set: it names a JSON file with the totals of what was imported');
  return JSON.parse(readFileSync(file, 'utf8'));
}

// Open deals have no value in the files, and those of lost ones are 0.
function wonValue(totals, status) {
  return status === 'won' ? totals.won_value : 0;
}

function valueOf(deals) {
  assert.ok(deals.every((deal) => deal.currency === currency));
  return deals.reduce((sum, deal) => sum + deal.value, 0);
}

function areThoseOfTheFiles(deals, totals, status) {
  assert.equal(deals.length, totals[status], status);
  assert.ok(deals.every((deal) => deal.status === status));
  assert.equal(valueOf(deals), wonValue(totals, status));
}

function addsUp(summary, totals, status) {
  assert.equal(summary.total_count, totals[status], status);
  assert.equal(summary.values_total[currency].count, totals[status], status);
  assert.equal(summary.values_total[currency].value, wonValue(totals, status), status);
}

function timesFit(deal, isTime) {
  for (const status of ['won', 'lost']) {
    const name = `${status}_time`;
    if (deal.status === status) isTime(deal[name], name);
    else assert.equal(deal[name], null, `${name} of deal ${deal.id}, which is ${deal.status}`);
  }
  assert.equal(deal.close_time, deal.won_time ?? deal.lost_time);
}

function theOption(options) {
  const named = options.filter((one) => [product.name, product.misspelt].includes(one.label));
  assert.deepEqual(
    named.map((one) => one.label),
    [product.name],
  );
  return named[0].id;
}

function spelledOnce(deals, totals) {
  assert.equal(deals.filter((deal) => deal.title.endsWith(product.name)).length, totals.two_spellings);
  assert.ok(deals.every((deal) => !deal.title.includes(product.misspelt)));
}
