// Activities are planned and done, and the deal knows the next and the last of them (pipedrive-contract 12.6, 12.15).
import assert from 'node:assert/strict';
import { areTheseOnce, has, isId, isRfc3339 } from '../lib/expect.mjs';
import { walkByCursor } from '../lib/pages.mjs';

const counts = 'next_activity_id,last_activity_id,activities_count,done_activities_count,undone_activities_count';

export async function activities(scenario, step) {
  const { activities: api, deals } = scenario.clients.v2;
  const add = async (request) =>
    (await api.addActivity({ AddActivityRequest: { deal_id: scenario.the('deal').id, ...request } })).data;
  const finish = async ({ id }) => (await api.updateActivity({ id, AddActivityRequest: { done: true } })).data;
  const dealIs = async (expected) =>
    has((await deals.getDeal({ id: scenario.the('deal').id, include_fields: counts })).data, expected);

  await step('a call is planned with the main contact', async () => {
    const person = scenario.the('person');
    const call = await add({
      subject: 'First call',
      type: 'call',
      due_date: '2031-03-02',
      due_time: '10:00:00',
      duration: '00:30:00',
      org_id: scenario.the('organization').id,
      participants: [{ person_id: person.id, primary: true }],
      note: 'Ask for the budget',
      public_description: 'Introduction',
      location: { value: '1 Harbour Road, Tallinn' },
    });
    isId(call.id);
    isRfc3339(call.add_time);
    has(call, {
      subject: 'First call',
      type: 'call',
      due_date: '2031-03-02',
      due_time: '10:00:00',
      duration: '00:30:00',
      done: false,
      marked_as_done_time: null,
      owner_id: scenario.the('me').id,
      creator_user_id: scenario.the('me').id,
      deal_id: scenario.the('deal').id,
      person_id: person.id,
      org_id: scenario.the('organization').id,
      participants: [{ person_id: person.id, primary: true }],
      note: 'Ask for the budget',
      public_description: 'Introduction',
      is_deleted: false,
    });
    assert.equal(call.location.value, '1 Harbour Road, Tallinn');
    await dealIs({
      next_activity_id: call.id,
      last_activity_id: null,
      activities_count: 1,
      undone_activities_count: 1,
    });
    scenario.keep('call', call);
  });

  await step('an earlier one becomes the next', async () => {
    const visit = await add({ subject: 'Visit', type: scenario.the('activity type').key_string, due_date: '2031-03-01' });
    has(visit, {
      type: scenario.the('activity type').key_string,
      due_date: '2031-03-01',
      due_time: null,
      done: false,
      person_id: null,
    });
    await dealIs({ next_activity_id: visit.id, activities_count: 2, done_activities_count: 0 });
    scenario.keep('visit', visit);
  });

  await step('what is done is the last, and the following one is next', async () => {
    const [visit, call] = [scenario.the('visit'), scenario.the('call')];
    const done = await finish(visit);
    has(done, { id: visit.id, done: true, subject: 'Visit' });
    isRfc3339(done.marked_as_done_time);
    await dealIs({
      next_activity_id: call.id,
      last_activity_id: visit.id,
      done_activities_count: 1,
      undone_activities_count: 1,
    });
    await finish(call);
    await dealIs({
      next_activity_id: null,
      last_activity_id: call.id,
      activities_count: 2,
      done_activities_count: 2,
      undone_activities_count: 0,
    });
  });

  await step('what was done can be undone', async () => {
    const { id } = scenario.the('call');
    has((await api.updateActivity({ id, AddActivityRequest: { done: false } })).data, {
      done: false,
      marked_as_done_time: null,
    });
    await dealIs({ next_activity_id: id, last_activity_id: scenario.the('visit').id });
    await finish({ id });
  });

  await step('one can be done from the start', async () => {
    const mail = await add({ subject: 'Sent the offer', type: 'task', due_date: '2020-01-15', done: true });
    assert.equal(mail.done, true);
    isRfc3339(mail.marked_as_done_time);
    scenario.keep('mail', mail);
  });

  await step('activities are listed by deal, person and state', async () => {
    const [call, visit, mail] = ['call', 'visit', 'mail'].map((name) => scenario.the(name));
    const { id: deal_id } = scenario.the('deal');
    areTheseOnce(await walkByCursor(1, (page) => api.getActivities({ ...page, deal_id })), [call, visit, mail]);
    areTheseOnce((await api.getActivities({ deal_id, person_id: scenario.the('person').id })).data, [call]);
    areTheseOnce((await api.getActivities({ deal_id, done: true })).data, [call, visit, mail]);
    assert.deepEqual((await api.getActivities({ deal_id, done: false })).data, []);
  });

  await step('attendees come when asked for', async () => {
    const { id } = scenario.the('call');
    assert.ok(!Object.hasOwn((await api.getActivity({ id })).data, 'attendees'));
    assert.ok(Object.hasOwn((await api.getActivity({ id, include_fields: 'attendees' })).data, 'attendees'));
  });
}
