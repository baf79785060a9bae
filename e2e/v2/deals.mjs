// Deals move through the stages; one is won, one lost, one reopened (pipedrive-contract 12.3 to 12.5).
import assert from 'node:assert/strict';
import { has, isId, isRfc3339, isText } from '../lib/expect.mjs';

const open = { status: 'open', won_time: null, lost_time: null, close_time: null, lost_reason: null };

export async function deals(scenario, step) {
  const api = scenario.clients.v2.deals;
  const first = scenario.clients.v1.deals;
  const add = async (title, more = {}) => {
    const request = { title: scenario.named(title), pipeline_id: scenario.the('pipeline').id, currency: 'EUR', ...more };
    return (await api.addDeal({ AddDealRequest: request })).data;
  };
  const update = async ({ id }, changes) => (await api.updateDeal({ id, UpdateDealRequest: changes })).data;
  /** Moves a deal through stages, one after the other; gives it as it then stands. */
  const walk = async (deal, stages) => {
    let moved = deal;
    for (const { id } of stages) {
      moved = await update(deal, { stage_id: id });
      has(moved, { ...open, stage_id: id, value: deal.value });
      isRfc3339(moved.stage_change_time);
    }
    return moved;
  };

  await step('a new deal is open and stands in the first stage', async () => {
    const [person, organization, me] = ['person', 'organization', 'me'].map((name) => scenario.the(name));
    const deal = await add('Hundred gadgets', {
      person_id: person.id,
      org_id: organization.id,
      value: 1000.5,
      expected_close_date: '2031-06-30',
      visible_to: 3,
    });
    isId(deal.id);
    isRfc3339(deal.add_time);
    has(deal, {
      ...open,
      title: scenario.named('Hundred gadgets'),
      value: 1000.5,
      currency: 'EUR',
      owner_id: me.id,
      creator_user_id: me.id,
      person_id: person.id,
      org_id: organization.id,
      pipeline_id: scenario.the('pipeline').id,
      stage_id: scenario.the('stages')[0].id,
      expected_close_date: '2031-06-30',
      stage_change_time: null,
      probability: null,
      label_ids: [],
      visible_to: 3,
      local_won_date: null,
      local_lost_date: null,
      local_close_date: null,
      is_deleted: false,
      is_archived: false,
    });
    isText(deal.origin, 'the origin');
    has((await api.getDeal({ id: deal.id })).data, { id: deal.id, title: deal.title, value: 1000.5 });
    scenario.keep('deal', deal);
  });

  await step('a change of one value leaves the others alone', async () => {
    const deal = scenario.the('deal');
    const changed = await update(deal, { value: 2000 });
    const { value, update_time, ...rest } = changed;
    assert.equal(value, 2000);
    isRfc3339(update_time);
    has(deal, rest);
    scenario.keep('deal', changed);
  });

  await step('a deal moves from stage to stage', async () => {
    const [, second, third] = scenario.the('stages');
    const moved = await update(scenario.the('deal'), { stage_id: second.id });
    has(moved, { ...open, stage_id: second.id, pipeline_id: scenario.the('pipeline').id });
    isRfc3339(moved.stage_change_time);
    const again = await update(moved, { stage_id: third.id });
    assert.equal(again.stage_id, third.id);
    assert.ok(Date.parse(again.stage_change_time) >= Date.parse(moved.stage_change_time));
    scenario.keep('deal', again);
  });

  await step('a deal that went through all stages is won: it has its time, and nothing of a lost one', async () => {
    const others = scenario.the('stages').slice(1);
    const last = await walk(await add('Won deal', { value: 300 }), others);
    const { id } = last;
    const won = await update({ id }, { status: 'won' });
    isRfc3339(won.won_time);
    has(won, {
      status: 'won',
      stage_id: others.at(-1).id,
      close_time: won.won_time,
      lost_time: null,
      lost_reason: null,
      local_lost_date: null,
      stage_change_time: last.stage_change_time,
    });
    assert.match(won.local_won_date, /^\d{4}-\d\d-\d\d$/);
    assert.equal(won.local_close_date, won.local_won_date);
    has((await api.getDeal({ id, include_fields: 'first_won_time' })).data, { first_won_time: won.won_time });
    scenario.keep('won deal', won);
  });

  await step('a deal is lost on its way: it has its time and its reason', async () => {
    const { id, stage_id } = await walk(await add('Lost deal', { value: 400 }), [scenario.the('stages')[1]]);
    const lost = await update({ id }, { status: 'lost', lost_reason: 'Too expensive' });
    isRfc3339(lost.lost_time);
    has(lost, {
      status: 'lost',
      stage_id,
      close_time: lost.lost_time,
      lost_reason: 'Too expensive',
      won_time: null,
      local_won_date: null,
      local_close_date: lost.local_lost_date,
    });
    scenario.keep('lost deal', lost);
  });

  await step('a reopened deal forgets when it was closed, but not that it was won once', async () => {
    const { id } = await add('Reopened deal', { value: 500 });
    const won = await update({ id }, { status: 'won' });
    const again = await update({ id }, { status: 'open' });
    has(again, {
      status: 'open',
      won_time: null,
      lost_time: null,
      close_time: null,
      local_won_date: null,
      local_close_date: null,
    });
    const read = (await api.getDeal({ id, include_fields: 'first_won_time' })).data;
    has(read, { status: 'open', won_time: null, first_won_time: won.won_time });
    const lost = await update({ id }, { status: 'lost' });
    isRfc3339(lost.lost_time);
    has(await update({ id }, { status: 'open' }), {
      status: 'open',
      lost_time: null,
      close_time: null,
      local_lost_date: null,
    });
    scenario.keep('reopened deal', read);
  });

  await step('the time of winning can be told', async () => {
    const deal = await add('Deal won last year', { value: 50 });
    const won_time = '2025-02-03T10:20:30Z';
    const won = await update(deal, { status: 'won', won_time });
    assert.equal(Date.parse(won.won_time), Date.parse(won_time));
    assert.equal(won.close_time, won.won_time);
    await api.deleteDeal({ id: deal.id });
  });

  await step('null takes away what a deal was linked to', async () => {
    const [person, organization] = ['person', 'organization'].map((name) => scenario.the(name));
    const deal = await add('Loose deal', {
      person_id: person.id,
      org_id: organization.id,
      probability: 40,
      expected_close_date: '2031-01-01',
      value: 10,
    });
    has(deal, { person_id: person.id, org_id: organization.id, probability: 40 });
    const nothing = { person_id: null, org_id: null, probability: null };
    // A day goes by an empty text.
    const cleared = await update(deal, { ...nothing, expected_close_date: '' });
    has(cleared, { ...nothing, expected_close_date: null, id: deal.id, title: deal.title, value: 10 });
    await api.deleteDeal({ id: deal.id });
  });

  await step('the summary counts and weighs the open deals of the pipeline', async () => {
    const pipeline = scenario.the('pipeline');
    const { data: found } = await api.getDeals({ pipeline_id: pipeline.id, status: 'open' });
    const stages = scenario.the('stages');
    const weight = (deal) => (deal.value * stages.find((one) => one.id === deal.stage_id).deal_probability) / 100;
    const euros = found.filter((one) => one.currency === 'EUR');
    const { data } = await first.getDealsSummary({ pipeline_id: pipeline.id, status: 'open' });
    assert.equal(data.total_count, found.length);
    has(data.values_total.EUR, { value: sum(euros.map((one) => one.value)), count: euros.length });
    isText(data.values_total.EUR.value_formatted, 'the formatted value');
    has(data.weighted_values_total.EUR, { value: sum(euros.map(weight)), count: euros.length });
  });
}

function sum(numbers) {
  return numbers.reduce((total, one) => total + one, 0);
}
