// Deals move through the stages; one is won, one lost, one reopened (pipedrive-contract 3.0, 3.1, 12.3 to 12.5).
import assert from 'node:assert/strict';
import { has, hasKeys, isId, isSpacedTime, isText } from '../lib/expect.mjs';
import { faithful } from '../lib/faithful.mjs';

const open = {
  status: 'open',
  active: true,
  deleted: false,
  won_time: null,
  lost_time: null,
  close_time: null,
  lost_reason: null,
};
const nothingPlanned = {
  next_activity_id: null,
  next_activity_date: null,
  last_activity_id: null,
  last_activity_date: null,
};

export async function deals(scenario, step) {
  const { deals: api } = scenario.clients;
  const ask = faithful(scenario.wire);
  const add = async (title, more = {}) => {
    const request = { title: scenario.named(title), pipeline_id: scenario.the('pipeline').id, currency: 'EUR', ...more };
    return (await ask(() => api.addDeal(request))).data;
  };
  const update = async ({ id }, changes) => (await ask(() => api.updateDeal(id, changes))).data;
  /** Moves a deal through stages, one after the other; gives it as it then stands. */
  const walk = async (deal, stages) => {
    let moved = deal;
    for (const { id, deal_probability } of stages) {
      moved = await update(deal, { stage_id: id });
      has(moved, { ...open, stage_id: id, weighted_value: (deal.value * deal_probability) / 100 });
      isSpacedTime(moved.stage_change_time);
    }
    return moved;
  };

  await step('a new deal is open, stands in the first stage and carries its references as objects', async () => {
    const [person, organization, me] = ['person', 'organization', 'me'].map((name) => scenario.the(name));
    const deal = await add('Hundred tools', {
      value: '500',
      person_id: person.id,
      org_id: organization.id,
      expected_close_date: '2031-06-30',
      visible_to: 3,
    });
    const {
      status,
      body: { related_objects: related },
    } = scenario.wire.last;
    assert.equal(status, 201);
    isId(deal.id);
    isSpacedTime(deal.add_time);
    has(deal, {
      ...open,
      ...nothingPlanned,
      value: 500,
      currency: 'EUR',
      pipeline_id: scenario.the('pipeline').id,
      stage_id: scenario.the('stages')[0].id,
      expected_close_date: '2031-06-30',
      stage_change_time: null,
      probability: null,
      label: null,
      visible_to: '3',
      first_won_time: null,
      person_name: person.name,
      org_name: organization.name,
      owner_name: me.name,
      formatted_value: '€500',
      weighted_value: 50,
      weighted_value_currency: 'EUR',
      activities_count: 0,
      notes_count: 0,
      participants_count: 1,
      followers_count: 1,
      org_hidden: false,
      person_hidden: false,
    });
    for (const user of [deal.user_id, deal.creator_user_id])
      has(user, { id: me.id, value: me.id, name: me.name, email: me.email, active_flag: true });
    has(deal.person_id, { value: person.id, name: person.name, active_flag: true, owner_id: me.id });
    assert.deepEqual(
      deal.person_id.email.map((one) => one.value),
      person.email.map((one) => one.value),
    );
    has(deal.org_id, { value: organization.id, name: organization.name, active_flag: true, owner_id: me.id });
    isText(deal.cc_email, 'the cc_email');
    has(related.user[me.id], { id: me.id, name: me.name });
    has(related.person[person.id], { id: person.id, name: person.name });
    has(related.organization[organization.id], { id: organization.id, name: organization.name });
    scenario.keep('deal', deal);
  });

  await step('read by itself it also tells its age and where it has been', async () => {
    const { id } = scenario.the('deal');
    const { data, additional_data: additional } = await ask(() => api.getDeal(id));
    has(data, { id, ...open, title: scenario.the('deal').title });
    hasKeys(data.age, ['y', 'm', 'd', 'h', 'i', 's', 'total_seconds']);
    assert.ok(Array.isArray(data.stay_in_pipeline_stages.order_of_stages));
    hasKeys(data, ['average_stage_progress', 'average_time_to_won', 'last_activity', 'next_activity']);
    isText(additional.dropbox_email, 'the dropbox_email');
  });

  await step('a deal moves from stage to stage, and its weight with it', async () => {
    const [, second, third] = scenario.the('stages');
    const moved = await update(scenario.the('deal'), { stage_id: second.id });
    has(moved, { ...open, stage_id: second.id, weighted_value: 150, value: 500 });
    isSpacedTime(moved.stage_change_time);
    const again = await update(moved, { stage_id: third.id, probability: 50 });
    has(again, { stage_id: third.id, probability: 50, weighted_value: 250 });
    const plain = await update(again, { probability: null });
    has(plain, { probability: null, weighted_value: 300 });
    assert.ok(plain.stage_change_time >= moved.stage_change_time);
    scenario.keep('deal', plain);
  });

  await step('a deal that went through all stages is won: it has its time, and nothing of a lost one', async () => {
    const [first, ...others] = scenario.the('stages');
    const last = await walk(await add('Won deal', { value: 300 }), others);
    const won = await update(last, { status: 'won' });
    isSpacedTime(won.won_time);
    has(won, {
      status: 'won',
      stage_id: others.at(-1).id,
      active: false,
      close_time: won.won_time,
      first_won_time: won.won_time,
      lost_time: null,
      lost_reason: null,
      stage_change_time: last.stage_change_time,
    });
    const { stay_in_pipeline_stages: stays } = (await ask(() => api.getDeal(won.id))).data;
    const been = [first, ...others].map((one) => one.id);
    assert.deepEqual(stays.order_of_stages, been);
    hasKeys(stays.times_in_stages, been.map(String));
    scenario.keep('won deal', won);
  });

  await step('a deal is lost on its way: it has its time and its reason', async () => {
    const second = await walk(await add('Lost deal', { value: 400 }), [scenario.the('stages')[1]]);
    const lost = await update(second, { status: 'lost', lost_reason: 'Too expensive' });
    isSpacedTime(lost.lost_time);
    has(lost, {
      status: 'lost',
      stage_id: second.stage_id,
      active: false,
      close_time: lost.lost_time,
      lost_reason: 'Too expensive',
      won_time: null,
      first_won_time: null,
    });
    scenario.keep('lost deal', lost);
  });

  await step('a reopened deal forgets when it was closed, but not that it was won once', async () => {
    const won = await update(await add('Reopened deal', { value: 500 }), { status: 'won' });
    const again = await update(won, { status: 'open' });
    has(again, {
      status: 'open',
      active: true,
      won_time: null,
      lost_time: null,
      close_time: null,
      first_won_time: won.won_time,
    });
    scenario.keep('reopened deal', again);
  });

  await step('null takes away what a deal was linked to', async () => {
    const [person, organization] = ['person', 'organization'].map((name) => scenario.the(name));
    const deal = await add('Loose deal', {
      person_id: person.id,
      org_id: organization.id,
      expected_close_date: '2031-01-01',
      value: 10,
    });
    const nothing = { person_id: null, org_id: null, expected_close_date: null };
    has(await update(deal, nothing), {
      ...nothing,
      id: deal.id,
      title: deal.title,
      value: 10,
      person_name: null,
      org_name: null,
    });
    has(await update(deal, { status: 'deleted' }), { id: deal.id, deleted: true, active: false });
  });

  await step('a request in the words of the client is understood', async () => {
    // The client's documentation wraps a request in the name of its model. It then sends `new_deal` beside the
    // unwrapped keys, and all keys in snake case.
    const newDeal = {
      title: scenario.named('Wrapped deal'),
      pipelineId: scenario.the('pipeline').id,
      value: '20',
      expectedCloseDate: '2031-02-01',
    };
    const { data } = await ask(() => api.addDeal({ newDeal }));
    has(data, { title: newDeal.title, pipeline_id: newDeal.pipelineId, value: 20, expected_close_date: '2031-02-01' });
    has((await ask(() => api.deleteDeal(data.id))).data, { id: data.id });
  });

  await step('the summary counts and weighs the open deals of a stage', async () => {
    const [first] = scenario.the('stages');
    const found = (await ask(() => api.getDeals({ stage_id: first.id, status: 'open', limit: 500 }))).data;
    const euros = found.filter((one) => one.currency === 'EUR');
    const value = euros.reduce((total, one) => total + one.value, 0);
    const { data } = await ask(() => api.getDealsSummary({ stage_id: first.id, status: 'open' }));
    assert.equal(data.total_count, found.length);
    has(data.values_total.EUR, { value, count: euros.length });
    has(data.weighted_values_total.EUR, { value: (value * first.deal_probability) / 100, count: euros.length });
    isText(data.values_total.EUR.value_formatted, 'the formatted value');
  });
}
