// Activities are planned and done, and the deal knows the next and the last of them
// (pipedrive-contract 3.4, 12.6, 12.15).
import assert from 'node:assert/strict';
import { areTheseOnce, has, isId, isSpacedTime } from '../lib/expect.mjs';
import { faithful } from '../lib/faithful.mjs';
import { inAnyPages, walkByOffset } from '../lib/pages.mjs';

export async function activities(scenario, step) {
  const { activities: api, deals } = scenario.clients;
  const ask = faithful(scenario.wire);
  const add = async (request) => (await ask(() => api.addActivity({ deal_id: scenario.the('deal').id, ...request }))).data;
  const finish = async ({ id }) => (await ask(() => api.updateActivity(id, { done: 1 }))).data;
  const dealIs = async (expected) => has((await ask(() => deals.getDeal(scenario.the('deal').id))).data, expected);

  await step('a call is planned with the main contact', async () => {
    const [deal, person, organization, me] = ['deal', 'person', 'organization', 'me'].map((name) => scenario.the(name));
    const call = await add({
      subject: 'First call',
      type: 'call',
      due_date: '2031-03-02',
      due_time: '10:00',
      duration: '00:30',
      person_id: person.id,
      org_id: organization.id,
      note: 'Ask for the budget',
      done: 0,
    });
    const { status, body } = scenario.wire.last;
    assert.equal(status, 201);
    assert.equal(typeof body.additional_data.more_activities_scheduled_in_context, 'boolean');
    isId(call.id);
    isSpacedTime(call.add_time);
    has(call, {
      subject: 'First call',
      type: 'call',
      due_date: '2031-03-02',
      due_time: '10:00',
      duration: '00:30',
      done: false,
      note: 'Ask for the budget',
      marked_as_done_time: '',
      user_id: me.id,
      assigned_to_user_id: me.id,
      created_by_user_id: me.id,
      deal_id: deal.id,
      person_id: person.id,
      org_id: organization.id,
      deal_title: deal.title,
      person_name: person.name,
      org_name: organization.name,
      owner_name: me.name,
      active_flag: true,
    });
    has(
      call.participants.find((one) => one.person_id === person.id),
      { primary_flag: true },
    );
    await dealIs({
      next_activity_id: call.id,
      next_activity_date: '2031-03-02',
      next_activity_time: '10:00:00',
      next_activity_subject: 'First call',
      next_activity_type: 'call',
      last_activity_id: null,
      activities_count: 1,
      undone_activities_count: 1,
      done_activities_count: 0,
    });
    scenario.keep('call', call);
  });

  await step('an earlier one becomes the next', async () => {
    const visit = await add({ subject: 'Visit', type: 'meeting', due_date: '2031-03-01' });
    has(visit, { type: 'meeting', due_date: '2031-03-01', due_time: '', duration: '', done: false, person_id: null });
    await dealIs({
      next_activity_id: visit.id,
      next_activity_date: '2031-03-01',
      next_activity_time: null,
      activities_count: 2,
    });
    scenario.keep('visit', visit);
  });

  await step('what is done is the last, and the following one is next', async () => {
    const [visit, call] = [scenario.the('visit'), scenario.the('call')];
    const done = await finish(visit);
    has(done, { id: visit.id, done: true });
    isSpacedTime(done.marked_as_done_time);
    await dealIs({
      next_activity_id: call.id,
      last_activity_id: visit.id,
      last_activity_date: '2031-03-01',
      done_activities_count: 1,
    });
    await finish(call);
    await dealIs({
      next_activity_id: null,
      next_activity_date: null,
      last_activity_id: call.id,
      done_activities_count: 2,
      undone_activities_count: 0,
    });
    has((await ask(() => api.getActivity(call.id))).data, { id: call.id, done: true });
  });

  await step('activities are listed by user, deal, person and state', async () => {
    const [call, visit] = [scenario.the('call'), scenario.the('visit')];
    const { id } = scenario.the('deal');
    areTheseOnce(await walkByOffset(1, (page) => ask(() => deals.getDealActivities(id, page))), [call, visit]);
    assert.equal((await ask(() => deals.getDealActivities(id, { done: 0 }))).data, null);
    areTheseOnce((await ask(() => scenario.clients.persons.getPersonActivities(scenario.the('person').id))).data, [call]);
    const mine = await inAnyPages((limit) =>
      walkByOffset(limit, (page) => ask(() => api.getActivities({ ...page, user_id: scenario.the('me').id, done: 1 }))),
    );
    assert.ok([call, visit].every(({ id: wanted }) => mine.some((one) => one.id === wanted)));
    assert.ok(mine.every((one) => one.done === true && one.user_id === scenario.the('me').id));
  });
}
