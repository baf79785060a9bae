// Followers and participants: who else cares about a deal (pipedrive-contract 12.6, 12.7, 12.10).
import assert from 'node:assert/strict';
import { areThese, areTheseOnce, has, isId, isSpacedTime } from '../lib/expect.mjs';
import { faithful } from '../lib/faithful.mjs';
import { walkByOffset } from '../lib/pages.mjs';

export async function peopleAround(scenario, step) {
  const { deals, organizations, persons } = scenario.clients;
  const ask = faithful(scenario.wire);
  const counted = async (id) => (await ask(() => deals.getDeal(id))).data;
  const followers = async (id) => (await ask(() => deals.getDealFollowers(id))).data.map((one) => one.user_id);

  await step('a colleague follows a deal, and stops by the id of the following', async () => {
    const [{ id }, me, colleague] = [scenario.the('deal'), scenario.the('me'), scenario.the('colleague')];
    has(await counted(id), { followers_count: 1 });
    const { data } = await ask(() => deals.addDealFollower(id, { user_id: colleague.id }));
    isId(data.id);
    isSpacedTime(data.add_time);
    has(data, { user_id: colleague.id, deal_id: id });
    assert.deepEqual((await followers(id)).sort(), [me.id, colleague.id].sort());
    has(await counted(id), { followers_count: 2 });
    has((await ask(() => deals.deleteDealFollower(id, data.id))).data, { id: data.id });
    assert.deepEqual(await followers(id), [me.id]);
  });

  await step('persons and organizations are followed too', async () => {
    const [person, organization, { id: user_id }] = [
      scenario.the('person'),
      scenario.the('organization'),
      scenario.the('colleague'),
    ];
    const follows = (data) => data.some((one) => one.user_id === user_id);
    has((await ask(() => persons.addPersonFollower(person.id, { user_id }))).data, { user_id, person_id: person.id });
    assert.ok(follows((await ask(() => persons.getPersonFollowers(person.id))).data));
    const { data } = await ask(() => organizations.addOrganizationFollower(organization.id, { user_id }));
    has(data, { user_id, org_id: organization.id });
    assert.ok(follows((await ask(() => organizations.getOrganizationFollowers(organization.id))).data));
    has((await ask(() => organizations.deleteOrganizationFollower(organization.id, data.id))).data, { id: data.id });
  });

  await step('the person of a deal takes part in it, others when added', async () => {
    const [{ id }, person, second] = [scenario.the('deal'), scenario.the('person'), scenario.the('second person')];
    has(await counted(id), { participants_count: 1 });
    const { data } = await ask(() => deals.addDealParticipant(id, { person_id: second.id }));
    isId(data.id);
    has(data, { active_flag: true, related_item_type: 'deal', related_item_id: id });
    has(data.person_id, { value: second.id, name: second.name });
    has(data.related_item_data, { deal_id: id, title: scenario.the('deal').title });
    const listed = await walkByOffset(1, (page) => ask(() => deals.getDealParticipants(id, page)));
    assert.deepEqual(listed.map((one) => one.person_id.value).sort(), [person.id, second.id].sort());
    areTheseOnce((await ask(() => deals.getDealPersons(id))).data, [person, second]);
    await ask(() => deals.deleteDealParticipant(id, data.id));
    has(await counted(id), { participants_count: 1 });
  });

  await step('it is known who may see a deal, and which deals its people have', async () => {
    const [deal, person, organization] = ['deal', 'person', 'organization'].map((name) => scenario.the(name));
    assert.ok((await ask(() => deals.getDealUsers(deal.id))).data.includes(scenario.the('me').id));
    areThese((await ask(() => persons.getPersonDeals(person.id))).data, [deal]);
    areThese((await ask(() => organizations.getOrganizationDeals(organization.id))).data, [deal]);
    has((await ask(() => persons.getPerson(person.id))).data, { open_deals_count: 1, closed_deals_count: 0 });
  });
}
