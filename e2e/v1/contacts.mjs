// An organization and the people who work there. v1 gives references as objects (pipedrive-contract 3.0).
import assert from 'node:assert/strict';
import { areTheseOnce, has, hasKeys, isId, isSpacedTime, isText } from '../lib/expect.mjs';
import { faithful } from '../lib/faithful.mjs';
import { walkByOffset } from '../lib/pages.mjs';

const email = [
  { value: 'carl@tools.example', primary: true, label: 'work' },
  { value: 'carl@home.example', primary: false, label: 'home' },
];
const phone = [
  { value: '+372 5555 0003', primary: false, label: 'work' },
  { value: '+372 5555 0004', primary: true, label: 'mobile' },
];

export async function contacts(scenario, step) {
  const { organizations, persons, personFields } = scenario.clients;
  const ask = faithful(scenario.wire);

  await step('an organization is added with an address of one line', async () => {
    const [name, me] = [scenario.named('Tools'), scenario.the('me')];
    const { data, related_objects: related } = await ask(() =>
      organizations.addOrganization({ name, address: '2 Mill Lane, Tartu', visible_to: 3 }),
    );
    assert.equal(scenario.wire.last.status, 201);
    isId(data.id);
    isSpacedTime(data.add_time);
    has(data, {
      name,
      company_id: me.company_id,
      address: '2 Mill Lane, Tartu',
      visible_to: '3',
      active_flag: true,
      people_count: 0,
      first_char: 't',
    });
    has(data.owner_id, { id: me.id, value: me.id, name: me.name, email: me.email, active_flag: true });
    isText(data.cc_email, 'the cc_email');
    has(related.user[me.id], { id: me.id, name: me.name });
    scenario.keep('organization', data);
  });

  await step('a person has several e-mail addresses and phones, in the given order', async () => {
    const [organization, me] = [scenario.the('organization'), scenario.the('me')];
    const name = `Carl de Vries-${scenario.run}`;
    const { data } = await ask(() => persons.addPerson({ name, org_id: organization.id, email, phone, visible_to: 3 }));
    assert.equal(scenario.wire.last.status, 201);
    isSpacedTime(data.add_time);
    has(data, {
      name,
      first_name: 'Carl',
      last_name: `de Vries-${scenario.run}`,
      email,
      phone,
      visible_to: '3',
      active_flag: true,
      first_char: 'c',
      open_deals_count: 0,
      activities_count: 0,
      notes_count: 0,
      org_name: organization.name,
      owner_name: me.name,
    });
    has(data.owner_id, { id: me.id, value: me.id, name: me.name });
    has(data.org_id, {
      value: organization.id,
      name: organization.name,
      owner_id: me.id,
      address: '2 Mill Lane, Tartu',
    });
    hasKeys(data.org_id, ['people_count', 'cc_email']);
    has((await ask(() => persons.getPerson(data.id))).data, { id: data.id, email, phone });
    scenario.keep('person', data);
  });

  await step('one address as plain text is enough, and none reads as one empty entry', async () => {
    const { data } = await ask(() =>
      persons.addPerson({ name: scenario.named('Dora'), email: 'dora@tools.example', phone: '+372 5555 0005' }),
    );
    assert.deepEqual(
      data.email.map(({ value, primary }) => ({ value, primary })),
      [{ value: 'dora@tools.example', primary: true }],
    );
    assert.deepEqual(
      data.phone.map(({ value, primary }) => ({ value, primary })),
      [{ value: '+372 5555 0005', primary: true }],
    );
    scenario.keep('second person', data);
    const { data: mute } = await ask(() => persons.addPerson({ name: scenario.named('Mute') }));
    assert.deepEqual(mute.email, [{ value: '', primary: true }]);
    assert.deepEqual(mute.phone, [{ value: '', primary: true }]);
    has(mute, { org_id: null });
    has((await ask(() => persons.deletePerson(mute.id))).data, { id: mute.id });
  });

  await step('a person is labelled with an option of the label field', async () => {
    const fields = await walkByOffset(50, (page) => ask(() => personFields.getPersonFields(page)));
    const [label] = fields.find((one) => one.key === 'label').options;
    const { id } = scenario.the('second person');
    has((await ask(() => persons.updatePerson(id, { label: label.id }))).data, {
      id,
      label: label.id,
      label_ids: [label.id],
    });
    has((await ask(() => persons.updatePerson(id, { label: null }))).data, { id, label: null, label_ids: [] });
  });

  await step('people join and leave an organization', async () => {
    const [{ id }, person, second] = [scenario.the('organization'), scenario.the('person'), scenario.the('second person')];
    const joined = await ask(() => persons.updatePerson(second.id, { org_id: id }));
    assert.equal(joined.data.org_id.value, id);
    const listed = await walkByOffset(1, (page) => ask(() => organizations.getOrganizationPersons(id, page)));
    areTheseOnce(listed, [person, second]);
    const { data, additional_data: additional } = await ask(() => organizations.getOrganization(id));
    has(data, { id, people_count: 2 });
    isText(additional.dropbox_email, 'the dropbox_email');
    has((await ask(() => persons.updatePerson(second.id, { org_id: null }))).data, {
      id: second.id,
      org_id: null,
      name: second.name,
    });
    has((await ask(() => organizations.getOrganization(id))).data, { people_count: 1 });
  });

  await step('null takes an address away', async () => {
    const { id, name } = scenario.the('organization');
    has((await ask(() => organizations.updateOrganization(id, { address: null }))).data, { id, name, address: null });
  });
}
