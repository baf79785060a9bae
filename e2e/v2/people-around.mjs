// Followers and participants: who else cares about a deal (pipedrive-contract 12.6, 12.7, 12.10).
import assert from 'node:assert/strict';
import { areThese, has, isId, isRfc3339, isSpacedTime } from '../lib/expect.mjs';
import { walkByCursor, walkByOffset } from '../lib/pages.mjs';

export async function peopleAround(scenario, step) {
  const { deals, organizations, persons } = scenario.clients.v2;
  const participants = scenario.clients.v1.deals;
  const counted = async (id) =>
    (await deals.getDeal({ id, include_fields: 'followers_count,participants_count' })).data;

  await step('the owner follows a deal from the start, a colleague when told to', async () => {
    const [{ id }, me, colleague] = [scenario.the('deal'), scenario.the('me'), scenario.the('colleague')];
    has(await counted(id), { followers_count: 1 });
    const { data } = await deals.addDealFollower({ id, AddDealFollowerRequest: { user_id: colleague.id } });
    assert.equal(scenario.wire.last.status, 201);
    assert.equal(data.user_id, colleague.id);
    isRfc3339(data.add_time);
    has(await counted(id), { followers_count: 2 });
    const followers = (await deals.getDealFollowers({ id, limit: 100 })).data;
    assert.deepEqual(followers.map((one) => one.user_id).sort(), [me.id, colleague.id].sort());
  });

  await step('a follower goes, and the changelog tells of both', async () => {
    const [{ id }, me, colleague] = [scenario.the('deal'), scenario.the('me'), scenario.the('colleague')];
    await deals.deleteDealFollower({ id, follower_id: colleague.id });
    assert.deepEqual(
      (await deals.getDealFollowers({ id })).data.map((one) => one.user_id),
      [me.id],
    );
    const { data } = await deals.getDealFollowersChangelog({ id });
    const told = data.filter((one) => one.follower_user_id === colleague.id);
    assert.deepEqual(told.map((one) => one.action).sort(), ['added', 'removed']);
    for (const one of told) {
      assert.equal(one.actor_user_id, me.id);
      isRfc3339(one.time);
    }
  });

  await step('persons and organizations are followed too', async () => {
    const request = { AddDealFollowerRequest: { user_id: scenario.the('colleague').id } };
    const [person, organization] = [scenario.the('person'), scenario.the('organization')];
    assert.equal(
      (await persons.addPersonFollower({ id: person.id, ...request })).data.user_id,
      scenario.the('colleague').id,
    );
    const follows = (data) => data.some((one) => one.user_id === scenario.the('colleague').id);
    assert.ok(follows((await persons.getPersonFollowers({ id: person.id })).data));
    await organizations.addOrganizationFollower({ id: organization.id, ...request });
    assert.ok(follows((await organizations.getOrganizationFollowers({ id: organization.id })).data));
    await persons.deletePersonFollower({ id: person.id, follower_id: scenario.the('colleague').id });
    assert.ok(!follows((await persons.getPersonFollowers({ id: person.id })).data));
  });

  await step('the person of a deal takes part in it, others when added', async () => {
    const [{ id }, person, second] = [scenario.the('deal'), scenario.the('person'), scenario.the('second person')];
    has(await counted(id), { participants_count: 1 });
    const { data } = await participants.addDealParticipant({ id, AddDealParticipantRequest: { person_id: second.id } });
    isId(data.id);
    isSpacedTime(data.add_time);
    has(data, { active_flag: true, related_item_type: 'deal', related_item_id: id });
    has(data.person_id, { value: second.id, name: second.name });
    has(await counted(id), { participants_count: 2 });
    const listed = await walkByOffset(1, (page) => participants.getDealParticipants({ id, ...page }));
    assert.deepEqual(listed.map((one) => one.person_id.value).sort(), [person.id, second.id].sort());
    scenario.keep('participant', data);
  });

  await step('a participant is removed by the id of the participation', async () => {
    const [{ id }, person] = [scenario.the('deal'), scenario.the('person')];
    await participants.deleteDealParticipant({ id, deal_participant_id: scenario.the('participant').id });
    const { data } = await participants.getDealParticipants({ id });
    assert.deepEqual(
      data.map((one) => one.person_id.value),
      [person.id],
    );
  });

  await step('it is known who may see a deal, and which deals a person has', async () => {
    const [{ id }, person] = [scenario.the('deal'), scenario.the('person')];
    const { data } = await participants.getDealUsers({ id });
    assert.ok(data.includes(scenario.the('me').id));
    areThese(await walkByCursor(10, (page) => deals.getDeals({ ...page, person_id: person.id })), [scenario.the('deal')]);
  });
}
