// Lists: every record once, in order, whatever the page; and what narrows them.
import assert from 'node:assert/strict';
import { areThese, areTheseOnce, has } from '../lib/expect.mjs';
import { inAnyPages, walkByCursor } from '../lib/pages.mjs';

export async function lists(scenario, step) {
  const { deals, organizations, persons, stages } = scenario.clients.v2;

  await step('eleven deals are walked four at a time, in the order of their ids', async () => {
    const { data: stage } = await stages.addStage({
      AddStageRequest: { name: 'Shelf', pipeline_id: scenario.the('pipeline').id },
    });
    const shelf = [];
    for (let number = 1; number <= 11; number += 1) {
      const request = { title: scenario.named(`Shelf ${number}`), stage_id: stage.id, value: number, currency: 'EUR' };
      shelf.push((await deals.addDeal({ AddDealRequest: request })).data);
    }
    areThese(await walkByCursor(4, (page) => deals.getDeals({ ...page, stage_id: stage.id })), shelf);
    areThese(await walkByCursor(11, (page) => deals.getDeals({ ...page, stage_id: stage.id })), shelf);
    scenario.keep('shelf', shelf);
    scenario.keep('shelf stage', stage);
  });

  await step('they are walked backwards, and in the order of another time, without a gap', async () => {
    const shelf = scenario.the('shelf');
    const { id: stage_id } = scenario.the('shelf stage');
    const backwards = await walkByCursor(3, (page) =>
      deals.getDeals({ ...page, stage_id, sort_by: 'id', sort_direction: 'desc' }),
    );
    areThese(backwards, shelf.toReversed());
    const byTime = await walkByCursor(2, (page) =>
      deals.getDeals({ ...page, stage_id, sort_by: 'update_time', sort_direction: 'asc' }),
    );
    areTheseOnce(byTime, shelf);
    const times = byTime.map((one) => one.update_time ?? one.add_time);
    assert.deepEqual(times, [...times].sort());
  });

  await step('a record added while a list is walked disturbs no other', async () => {
    const { id: stage_id } = scenario.the('shelf stage');
    let late;
    const walked = await walkByCursor(5, async (page) => {
      const answer = await deals.getDeals({ ...page, stage_id });
      late ??= (await deals.addDeal({ AddDealRequest: { title: scenario.named('Late'), stage_id } })).data;
      return answer;
    });
    areThese(walked, [...scenario.the('shelf'), late]);
    await deals.deleteDeal({ id: late.id });
  });

  await step('the state narrows', async () => {
    const [won, lost] = [scenario.the('won deal'), scenario.the('lost deal')];
    const of = async (stage_id, status) => (await deals.getDeals({ stage_id, status })).data;
    areThese(await of(won.stage_id, 'won'), [won]);
    areThese(await of(lost.stage_id, 'lost'), [lost]);
    assert.deepEqual(await of(won.stage_id, 'lost'), []);
  });

  await step('ids are picked, and those that do not exist are left out', async () => {
    const [first, , third] = scenario.the('shelf');
    const { data } = await deals.getDeals({ ids: `${third.id},999999999,${first.id}` });
    areTheseOnce(data, [first, third]);
  });

  await step('a time of change narrows: from it on, and before it', async () => {
    const { id: stage_id } = scenario.the('shelf stage');
    const [first] = scenario.the('shelf');
    const { data: changed } = await deals.updateDeal({ id: first.id, UpdateDealRequest: { value: 77 } });
    const since = whole(changed.update_time);
    const found = (await deals.getDeals({ stage_id, updated_since: since })).data;
    assert.ok(found.some((one) => one.id === first.id));
    assert.ok(found.every((one) => Date.parse(one.update_time) >= Date.parse(since)));
    const before = (await deals.getDeals({ stage_id, updated_until: since })).data;
    assert.ok(before.every((one) => one.id !== first.id));
  });

  await step('an empty list is an empty array without a next page', async () => {
    const { data: stage } = await stages.addStage({
      AddStageRequest: { name: 'Empty', pipeline_id: scenario.the('pipeline').id },
    });
    const { success, data, additional_data: additional } = await deals.getDeals({ stage_id: stage.id });
    assert.equal(success, true);
    assert.deepEqual(data, []);
    has(additional, { next_cursor: null });
    await stages.deleteStage({ id: stage.id });
  });

  await step('all organizations and all persons are walked to the end', async () => {
    const everyOrganization = await inAnyPages((limit) =>
      walkByCursor(limit, (page) => organizations.getOrganizations(page)),
    );
    assert.ok(everyOrganization.some((one) => one.id === scenario.the('organization').id));
    const everyPerson = await inAnyPages((limit) => walkByCursor(limit, (page) => persons.getPersons(page)));
    for (const name of ['person', 'second person']) assert.ok(everyPerson.some((one) => one.id === scenario.the(name).id));
  });
}

// `updated_since` takes no fractions of a second.
function whole(time) {
  return time.replace(/\.\d+Z$/, 'Z');
}
