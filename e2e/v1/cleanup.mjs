// Everything the scenario made is deleted: still readable for a while, but marked, and out of the lists
// (pipedrive-contract 12.8).
import assert from 'node:assert/strict';
import { has } from '../lib/expect.mjs';
import { faithful } from '../lib/faithful.mjs';

export async function cleanup(scenario, step) {
  const { activities, deals, notes, organizations, persons, pipelines, stages } = scenario.clients;
  const ask = faithful(scenario.wire);

  await step('a deleted deal is marked, out of the list, and among the deleted', async () => {
    const { id, stage_id } = scenario.the('lost deal');
    assert.deepEqual((await ask(() => deals.deleteDeal(id))).data, { id });
    has((await ask(() => deals.getDeal(id))).data, { id, deleted: true, active: false });
    const among = async (query) =>
      ((await ask(() => deals.getDeals({ stage_id, limit: 500, ...query }))).data ?? []).some((one) => one.id === id);
    assert.equal(await among({}), false);
    assert.equal(await among({ status: 'deleted' }), true);
  });

  await step('many deals are deleted at once', async () => {
    const ids = scenario.the('shelf').map((one) => one.id);
    const { data } = await ask(() => deals.deleteDeals(ids.join(',')));
    assert.deepEqual([...data.id].sort(), [...ids].sort());
    assert.equal((await ask(() => deals.getDeals({ stage_id: scenario.the('shelf stage').id }))).data, null);
  });

  await step('activities, persons and organizations are marked too', async () => {
    const [call, person, organization] = ['call', 'person', 'organization'].map((name) => scenario.the(name));
    has((await ask(() => activities.deleteActivity(call.id))).data, { id: call.id });
    has((await ask(() => activities.getActivity(call.id))).data, { id: call.id, active_flag: false });
    has((await ask(() => persons.deletePerson(person.id))).data, { id: person.id });
    has((await ask(() => persons.getPerson(person.id))).data, { id: person.id, active_flag: false });
    has((await ask(() => organizations.deleteOrganization(organization.id))).data, { id: organization.id });
    has((await ask(() => organizations.getOrganization(organization.id))).data, {
      id: organization.id,
      active_flag: false,
    });
  });

  await step('the rest goes: activities, people, deals, then a stage, then the pipeline', async () => {
    const { id: visit } = scenario.the('visit');
    assert.deepEqual((await ask(() => activities.deleteActivities(String(visit)))).data.id, [visit]);
    const { id: person } = scenario.the('second person');
    assert.deepEqual((await ask(() => persons.deletePersons(String(person)))).data.id, [person]);
    await ask(() => notes.deleteNote(scenario.the('note').id));
    const { id } = scenario.the('pipeline');
    const left = (await ask(() => pipelines.getPipelineDeals(id, { limit: 500 }))).data ?? [];
    for (const deal of left.filter((one) => one.deleted !== true)) await ask(() => deals.deleteDeal(deal.id));
    const [first] = scenario.the('stages');
    has((await ask(() => stages.deleteStage(first.id))).data, { id: first.id });
    assert.ok((await ask(() => stages.getStages({ pipeline_id: id }))).data.every((one) => one.id !== first.id));
    has((await ask(() => pipelines.deletePipeline(id))).data, { id });
    assert.ok((await ask(() => pipelines.getPipelines())).data.every((one) => one.id !== id || one.active === false));
  });
}
