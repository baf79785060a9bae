// Custom fields of every kind: defined, written as root keys with suffixes, read back, cleared and removed.
import assert from 'node:assert/strict';
import { customFieldKinds, holdsInV1, writtenInV1 } from '../lib/custom-field-kinds.mjs';
import { has, isId, isSpacedTime } from '../lib/expect.mjs';
import { faithful } from '../lib/faithful.mjs';
import { walkByOffset } from '../lib/pages.mjs';

export async function customFields(scenario, step) {
  const { dealFields, deals, organizationFields, organizations } = scenario.clients;
  const ask = faithful(scenario.wire);

  await step('a deal field of every kind is defined', async () => {
    const ids = {
      user: scenario.the('me').id,
      organization: scenario.the('organization').id,
      person: scenario.the('person').id,
    };
    const fields = [];
    for (const { type, options, value } of customFieldKinds(ids)) {
      const wanted = {
        name: scenario.named(type),
        field_type: type,
        ...(options && { options: options.map((label) => ({ label })) }),
      };
      const { data } = await ask(() => dealFields.addDealField(wanted));
      isId(data.id);
      isSpacedTime(data.add_time);
      assert.match(data.key, /^[0-9a-f]{40}$/);
      has(data, { name: wanted.name, field_type: type, edit_flag: true, active_flag: true });
      if (options)
        assert.deepEqual(
          data.options.map((one) => one.label),
          options,
        );
      const optionIds = (data.options ?? []).map((one) => one.id);
      optionIds.forEach((id) => isId(id, 'the option'));
      fields.push({ id: data.id, key: data.key, type, value: value(optionIds).v1 });
    }
    scenario.keep('deal fields', fields);
  });

  await step('the fields are read one by one and in pages', async () => {
    const fields = scenario.the('deal fields');
    const all = await walkByOffset(10, (page) => ask(() => dealFields.getDealFields(page)));
    const keys = all.map((one) => one.key);
    assert.ok(fields.every(({ key }) => keys.includes(key)));
    assert.ok(['title', 'value', 'status', 'person_id', 'org_id'].every((key) => keys.includes(key)));
    assert.equal(all.find((one) => one.key === 'title').edit_flag, false);
    const [{ id, key, type }] = fields;
    has((await ask(() => dealFields.getDealField(id))).data, { id, key, field_type: type });
  });

  await step('a deal takes a value of every kind and gives it back', async () => {
    const fields = scenario.the('deal fields');
    const values = Object.assign({}, ...fields.map(({ key, value }) => writtenInV1(key, value)));
    const request = { title: scenario.named('Deal of fields'), pipeline_id: scenario.the('pipeline').id, ...values };
    const { data } = await ask(() => deals.addDeal(request));
    for (const record of [data, (await ask(() => deals.getDeal(data.id))).data]) {
      for (const { key, value } of fields) holdsInV1(record, key, value);
    }
    scenario.keep('deal of fields', data);
  });

  await step('a value changes alone, and null clears', async () => {
    const { id } = scenario.the('deal of fields');
    const fields = scenario.the('deal fields');
    const { key } = fields.find((one) => one.type === 'varchar');
    const { data: changed } = await ask(() => deals.updateDeal(id, { [key]: 'Silver' }));
    assert.equal(changed[key], 'Silver');
    for (const one of fields.filter((field) => field.key !== key)) holdsInV1(changed, one.key, one.value);
    const { data: cleared } = await ask(() =>
      deals.updateDeal(id, Object.fromEntries(fields.map((one) => [one.key, null]))),
    );
    for (const one of fields) assert.equal(cleared[one.key], null, one.type);
  });

  await step('a key that no field has is passed over', async () => {
    const { id, title } = scenario.the('deal of fields');
    has((await ask(() => deals.updateDeal(id, { ['0'.repeat(40)]: 'x' }))).data, { id, title });
  });

  await step('options are changed by giving all of them', async () => {
    const { id } = scenario.the('deal fields').find((one) => one.type === 'enum');
    const { data } = await ask(() => dealFields.getDealField(id));
    const [small, large] = data.options;
    const options = [{ id: small.id, label: 'Tiny' }, { id: large.id, label: 'Large' }, { label: 'Huge' }];
    const changed = (await ask(() => dealFields.updateDealField(id, { name: scenario.named('Size'), options }))).data;
    has(changed, { id, name: scenario.named('Size'), field_type: 'enum' });
    assert.deepEqual(
      changed.options.map((one) => one.label),
      ['Tiny', 'Large', 'Huge'],
    );
    assert.deepEqual(
      changed.options.slice(0, 2).map((one) => one.id),
      [small.id, large.id],
    );
    isId(changed.options[2].id, 'the new option');
  });

  await step('an organization has fields of its own', async () => {
    const { data: field } = await ask(() =>
      organizationFields.addOrganizationField({ name: scenario.named('Segment'), field_type: 'varchar' }),
    );
    const { id } = scenario.the('organization');
    const { data } = await ask(() => organizations.updateOrganization(id, { [field.key]: 'Industry' }));
    assert.equal(data[field.key], 'Industry');
    has((await ask(() => organizationFields.deleteOrganizationField(field.id))).data, { id: field.id });
  });

  await step('fields are removed, one and many', async () => {
    const [first, ...others] = scenario.the('deal fields');
    has((await ask(() => dealFields.deleteDealField(first.id))).data, { id: first.id });
    const { data } = await ask(() => dealFields.deleteDealFields(others.map((one) => one.id).join(',')));
    assert.deepEqual([...data.id].sort(), others.map((one) => one.id).sort());
    const keys = (await walkByOffset(100, (page) => ask(() => dealFields.getDealFields(page)))).map((one) => one.key);
    assert.ok([first, ...others].every(({ key }) => !keys.includes(key)));
  });
}
