// An organization and the people who work there.
import assert from 'node:assert/strict';
import { areTheseOnce, has, hasKeys, isId, isRfc3339 } from '../lib/expect.mjs';

const emails = [
  { value: 'anna@gadgets.example', primary: true, label: 'work' },
  { value: 'anna@home.example', primary: false, label: 'home' },
  { value: 'anna@old.example', primary: false, label: 'other' },
];
const phones = [
  { value: '+372 5555 0001', primary: false, label: 'work' },
  { value: '+372 5555 0002', primary: true, label: 'mobile' },
];

export async function contacts(scenario, step) {
  const { organizations, persons } = scenario.clients.v2;

  await step('an organization is added with an address', async () => {
    const name = scenario.named('Gadgets');
    const { success, data } = await organizations.addOrganization({
      AddOrganizationRequest: { name, address: { value: '1 Harbour Road, Tallinn' }, visible_to: 3 },
    });
    assert.equal(success, true);
    isId(data.id);
    isRfc3339(data.add_time);
    has(data, { name, owner_id: scenario.the('me').id, visible_to: 3, is_deleted: false, label_ids: [] });
    assert.equal(data.address.value, '1 Harbour Road, Tallinn');
    scenario.keep('organization', data);
  });

  await step('a person has several e-mail addresses and phones, in the given order', async () => {
    const organization = scenario.the('organization');
    const name = `Anna van Dyke-${scenario.run}`;
    const { data } = await persons.addPerson({
      AddPersonRequest: { name, org_id: organization.id, emails, phones, visible_to: 3 },
    });
    isId(data.id);
    isRfc3339(data.add_time);
    has(data, {
      name,
      first_name: 'Anna',
      last_name: `van Dyke-${scenario.run}`,
      org_id: organization.id,
      owner_id: scenario.the('me').id,
      emails,
      phones,
      visible_to: 3,
      is_deleted: false,
    });
    assert.deepEqual((await persons.getPerson({ id: data.id })).data.emails, emails);
    scenario.keep('person', data);
  });

  await step('of addresses without a primary one the first becomes it, and work is their label', async () => {
    const { data } = await persons.addPerson({
      AddPersonRequest: { name: scenario.named('Bert'), emails, org_id: scenario.the('organization').id },
    });
    const given = [{ value: 'bert@gadgets.example' }, { value: 'bert@home.example' }];
    const { data: changed } = await persons.updatePerson({ id: data.id, UpdatePersonRequest: { emails: given } });
    assert.deepEqual(changed.emails, [
      { value: 'bert@gadgets.example', primary: true, label: 'work' },
      { value: 'bert@home.example', primary: false, label: 'work' },
    ]);
    has(changed, { name: scenario.named('Bert'), phones: [], org_id: scenario.the('organization').id });
    scenario.keep('second person', changed);
  });

  await step('the people of an organization are listed', async () => {
    const { data } = await persons.getPersons({ org_id: scenario.the('organization').id });
    areTheseOnce(data, [scenario.the('person'), scenario.the('second person')]);
  });

  await step('null takes a person out of an organization and an address away', async () => {
    const organization = scenario.the('organization');
    const person = scenario.the('second person');
    const { data: left } = await persons.updatePerson({ id: person.id, UpdatePersonRequest: { org_id: null } });
    has(left, { id: person.id, org_id: null, name: person.name });
    const { data: moved } = await organizations.updateOrganization({
      id: organization.id,
      UpdateOrganizationRequest: { address: null },
    });
    has(moved, { id: organization.id, name: organization.name, address: null });
    isRfc3339(moved.update_time);
  });

  await step('counts are given when asked for by name, and only then', async () => {
    const { id } = scenario.the('organization');
    const plain = (await organizations.getOrganization({ id })).data;
    assert.ok(!Object.hasOwn(plain, 'people_count'));
    const { data } = await organizations.getOrganization({ id, include_fields: 'people_count,open_deals_count' });
    has(data, { people_count: 1, open_deals_count: 0 });
    hasKeys(data, ['custom_fields']);
  });
}
