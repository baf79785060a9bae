// Everything the scenario made is deleted: still readable for a while, but marked, and out of the lists
// (pipedrive-contract 12.8).
import assert from 'node:assert/strict';
import { has } from '../lib/expect.mjs';

export async function cleanup(scenario, step) {
  const { activities, deals, organizations, persons, pipelines, stages } = scenario.clients.v2;
  const { activityTypes, notes } = scenario.clients.v1;

  await step('a deleted deal is marked, out of the list, and among the deleted', async () => {
    const { id } = scenario.the('lost deal');
    const { id: pipeline_id } = scenario.the('pipeline');
    const { success, data } = await deals.deleteDeal({ id });
    assert.equal(success, true);
    assert.deepEqual(data, { id });
    has((await deals.getDeal({ id })).data, { id, is_deleted: true });
    const among = async (query) =>
      (await deals.getDeals({ pipeline_id, limit: 500, ...query })).data.some((one) => one.id === id);
    assert.equal(await among({}), false);
    assert.equal(await among({ status: 'deleted' }), true);
  });

  await step('activities, persons and organizations are marked too', async () => {
    const [call, person, organization] = ['call', 'person', 'organization'].map((name) => scenario.the(name));
    has((await activities.deleteActivity({ id: call.id })).data, { id: call.id });
    has((await activities.getActivity({ id: call.id })).data, { id: call.id, is_deleted: true });
    has((await persons.deletePerson({ id: person.id })).data, { id: person.id });
    has((await persons.getPerson({ id: person.id })).data, { id: person.id, is_deleted: true });
    assert.ok((await persons.getPersons({ org_id: organization.id })).data.every((one) => one.id !== person.id));
    has((await organizations.deleteOrganization({ id: organization.id })).data, { id: organization.id });
    has((await organizations.getOrganization({ id: organization.id })).data, { id: organization.id, is_deleted: true });
  });

  await step('the rest goes: activities, people, deals, then a stage, then the pipeline', async () => {
    for (const name of ['visit', 'mail']) await activities.deleteActivity({ id: scenario.the(name).id });
    await persons.deletePerson({ id: scenario.the('second person').id });
    await notes.deleteNote({ id: scenario.the('note').id });
    const { id: pipeline_id } = scenario.the('pipeline');
    const left = (await deals.getDeals({ pipeline_id, limit: 500 })).data;
    for (const { id } of left) await deals.deleteDeal({ id });
    assert.deepEqual((await deals.getDeals({ pipeline_id })).data, []);
    const [{ id }] = scenario.the('stages');
    has((await stages.deleteStage({ id })).data, { id });
    assert.ok((await stages.getStages({ pipeline_id })).data.every((one) => one.id !== id));
    has((await pipelines.deletePipeline({ id: pipeline_id })).data, { id: pipeline_id });
    assert.ok((await pipelines.getPipelines({ limit: 500 })).data.every((one) => one.id !== pipeline_id));
  });

  await step('a deleted kind of activity is inactive', async () => {
    const { id } = scenario.the('activity type');
    has((await activityTypes.deleteActivityType({ id })).data, { id, active_flag: false });
    const listed = (await activityTypes.getActivityTypes()).data.find((one) => one.id === id);
    assert.ok(!listed || listed.active_flag === false);
  });
}
