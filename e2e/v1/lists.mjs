// Lists: every record once, in order, whatever the page; and what narrows them.
import assert from 'node:assert/strict';
import { areThese, has } from '../lib/expect.mjs';
import { faithful } from '../lib/faithful.mjs';
import { inAnyPages, walkByOffset } from '../lib/pages.mjs';

export async function lists(scenario, step) {
  const { deals, organizations, persons, pipelines, stages } = scenario.clients;
  const ask = faithful(scenario.wire);

  await step('eleven deals are walked four at a time', async () => {
    const { data: stage } = await ask(() => stages.addStage({ name: 'Shelf', pipeline_id: scenario.the('pipeline').id }));
    const shelf = [];
    for (let number = 1; number <= 11; number += 1) {
      const request = {
        title: scenario.named(`Shelf ${String(number).padStart(2, '0')}`),
        stage_id: stage.id,
        value: 100 - number,
      };
      shelf.push((await ask(() => deals.addDeal(request))).data);
    }
    areThese(
      await walkByOffset(4, (page) => ask(() => deals.getDeals({ ...page, stage_id: stage.id, sort: 'id ASC' }))),
      shelf,
    );
    areThese(
      await walkByOffset(11, (page) => ask(() => deals.getDeals({ ...page, stage_id: stage.id, sort: 'id ASC' }))),
      shelf,
    );
    scenario.keep('shelf', shelf);
    scenario.keep('shelf stage', stage);
  });

  await step('they are sorted by what is asked for', async () => {
    const { id: stage_id } = scenario.the('shelf stage');
    const shelf = scenario.the('shelf');
    const sorted = (sort) => walkByOffset(5, (page) => ask(() => deals.getDeals({ ...page, stage_id, sort })));
    areThese(await sorted('title DESC'), shelf.toReversed());
    areThese(await sorted('value ASC'), shelf.toReversed());
    areThese(await sorted('currency ASC, id DESC'), shelf.toReversed());
  });

  await step('the state narrows, and so does the pipeline', async () => {
    const { id } = scenario.the('pipeline');
    const [won, lost] = [scenario.the('won deal'), scenario.the('lost deal')];
    const listed = await walkByOffset(3, (page) => ask(() => pipelines.getPipelineDeals(id, page)));
    assert.ok(scenario.the('shelf').every((deal) => listed.some((one) => one.id === deal.id)));
    assert.ok(listed.every((one) => one.pipeline_id === id && Number.isInteger(one.user_id)));
    areThese((await ask(() => deals.getDeals({ stage_id: won.stage_id, status: 'won' }))).data, [won]);
    areThese((await ask(() => deals.getDeals({ stage_id: lost.stage_id, status: 'lost' }))).data, [lost]);
    assert.equal((await ask(() => deals.getDeals({ stage_id: won.stage_id, status: 'lost' }))).data, null);
  });

  await step('an empty list is null', async () => {
    const { data: stage } = await ask(() => stages.addStage({ name: 'Empty', pipeline_id: scenario.the('pipeline').id }));
    const { data, additional_data: additional } = await ask(() => deals.getDeals({ stage_id: stage.id }));
    assert.equal(data, null);
    has(additional.pagination, { start: 0, more_items_in_collection: false });
    await ask(() => stages.deleteStage(stage.id));
  });

  await step('all organizations and all persons are walked to the end', async () => {
    const everyOrganization = await inAnyPages((limit) =>
      walkByOffset(limit, (page) => ask(() => organizations.getOrganizations(page))),
    );
    assert.ok(everyOrganization.some((one) => one.id === scenario.the('organization').id));
    const everyPerson = await inAnyPages((limit) =>
      walkByOffset(limit, (page) => ask(() => persons.getPersons({ ...page, sort: 'id DESC' }))),
    );
    for (const name of ['person', 'second person']) assert.ok(everyPerson.some((one) => one.id === scenario.the(name).id));
    const ids = everyPerson.map((one) => one.id);
    assert.deepEqual(
      ids,
      ids.toSorted((a, b) => b - a),
    );
  });
}
