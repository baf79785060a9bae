// Custom fields of every kind: defined, written, read back in v2's form, cleared and removed.
import assert from 'node:assert/strict';
import { customFieldKinds, holdsInV2 } from '../lib/custom-field-kinds.mjs';
import { has, isId, refusal } from '../lib/expect.mjs';
import { walkByCursor } from '../lib/pages.mjs';

export async function customFields(scenario, step) {
  const { dealFields, deals, personFields, persons } = scenario.clients.v2;

  await step('a deal field of every kind is defined', async () => {
    const ids = {
      user: scenario.the('me').id,
      organization: scenario.the('organization').id,
      person: scenario.the('person').id,
    };
    const fields = [];
    for (const { type, options, value } of customFieldKinds(ids)) {
      const wanted = {
        field_name: scenario.named(type),
        field_type: type,
        ...(options && { options: options.map((label) => ({ label })) }),
      };
      const { success, data } = await dealFields.addDealField({ AddDealFieldRequest: wanted });
      assert.equal(success, true);
      assert.match(data.field_code, /^[0-9a-f]{40}$/);
      has(data, {
        field_name: wanted.field_name,
        field_type: type,
        is_custom_field: true,
        is_optional_response_field: false,
      });
      if (options) {
        assert.deepEqual(
          data.options.map((one) => one.label),
          options,
        );
        for (const { id } of data.options) isId(id, 'the option');
      }
      fields.push({ code: data.field_code, type, value: value((data.options ?? []).map((one) => one.id)).v2 });
    }
    scenario.keep('deal fields', fields);
  });

  await step('the fields are read one by one and in pages', async () => {
    const fields = scenario.the('deal fields');
    const all = await walkByCursor(7, (page) => dealFields.getDealFields(page));
    const codes = all.map((one) => one.field_code);
    assert.ok(fields.every(({ code }) => codes.includes(code)));
    assert.ok(['title', 'value', 'status'].every((code) => codes.includes(code)));
    assert.ok(all.filter((one) => one.field_code === 'title').every((one) => one.is_custom_field === false));
    const { data } = await dealFields.getDealField({ field_code: fields[0].code });
    has(data, { field_code: fields[0].code, field_type: fields[0].type });
  });

  await step('a deal takes a value of every kind and gives it back', async () => {
    const fields = scenario.the('deal fields');
    const values = Object.fromEntries(fields.map(({ code, value }) => [code, value]));
    const { data } = await deals.addDeal({
      AddDealRequest: {
        title: scenario.named('Deal of fields'),
        pipeline_id: scenario.the('pipeline').id,
        custom_fields: values,
      },
    });
    for (const answer of [data, (await deals.getDeal({ id: data.id })).data]) {
      for (const { code, value } of fields) holdsInV2(answer.custom_fields[code], value);
    }
    scenario.keep('deal of fields', data);
  });

  await step('one field can be asked for, and options come with their labels', async () => {
    const { id } = scenario.the('deal of fields');
    const [choice, choices] = ['enum', 'set'].map((type) => scenario.the('deal fields').find((one) => one.type === type));
    const narrow = (await deals.getDeal({ id, custom_fields: choice.code })).data;
    assert.deepEqual(narrow.custom_fields, { [choice.code]: choice.value });
    const { custom_fields: labelled } = (await deals.getDeal({ id, include_option_labels: true })).data;
    assert.deepEqual(labelled[choice.code], { id: choice.value, label: 'Large' });
    assert.deepEqual(
      labelled[choices.code].map((one) => one.label),
      ['Red', 'Blue'],
    );
  });

  await step('a value changes alone, and null clears', async () => {
    const { id } = scenario.the('deal of fields');
    const fields = scenario.the('deal fields');
    const { code } = fields.find((one) => one.type === 'varchar');
    const changed = (await deals.updateDeal({ id, UpdateDealRequest: { custom_fields: { [code]: 'Silver' } } })).data;
    assert.equal(changed.custom_fields[code], 'Silver');
    for (const one of fields.filter((field) => field.code !== code))
      holdsInV2(changed.custom_fields[one.code], one.value);
    const nothing = Object.fromEntries(fields.map((one) => [one.code, null]));
    const cleared = (await deals.updateDeal({ id, UpdateDealRequest: { custom_fields: nothing } })).data;
    for (const one of fields) assert.equal(cleared.custom_fields[one.code], null, one.type);
  });

  await step('an unset field is null in every deal, and an unknown one is refused', async () => {
    const request = { title: scenario.named('Deal without fields'), pipeline_id: scenario.the('pipeline').id };
    const { data } = await deals.addDeal({ AddDealRequest: request });
    for (const { code } of scenario.the('deal fields')) assert.equal(data.custom_fields[code], null);
    await deals.deleteDeal({ id: data.id });
    const unknown = { ...request, custom_fields: { ['0'.repeat(40)]: 'x' } };
    await refusal(scenario.wire, 400, () => deals.addDeal({ AddDealRequest: unknown }));
  });

  await step('options are added, renamed and removed, each answer naming only those', async () => {
    const field_code = scenario.the('deal fields').find((one) => one.type === 'enum').code;
    const added = (
      await dealFields.addDealFieldOptions({ field_code, AddDealFieldOptionsRequestInner: [{ label: 'Huge' }] })
    ).data;
    assert.deepEqual(
      added.map((one) => one.label),
      ['Huge'],
    );
    const [{ id }] = added;
    isId(id, 'the option');
    const renamed = await dealFields.updateDealFieldOptions({
      field_code,
      UpdateDealFieldOptionsRequestInner: [{ id, label: 'Giant' }],
    });
    assert.deepEqual(renamed.data, [{ id, label: 'Giant' }]);
    const labels = async () => (await dealFields.getDealField({ field_code })).data.options.map((one) => one.label);
    assert.deepEqual(await labels(), ['Small', 'Large', 'Giant']);
    await dealFields.deleteDealFieldOptions({ field_code, DeleteDealFieldOptionsRequestInner: [{ id }] });
    assert.deepEqual(await labels(), ['Small', 'Large']);
  });

  await step('a person has fields of its own', async () => {
    const name = scenario.named('Favourite colour');
    const { data: field } = await personFields.addPersonField({
      AddPersonFieldRequest: { field_name: name, field_type: 'varchar' },
    });
    const { id } = scenario.the('person');
    const { data } = await persons.updatePerson({
      id,
      UpdatePersonRequest: { custom_fields: { [field.field_code]: 'Teal' } },
    });
    assert.equal(data.custom_fields[field.field_code], 'Teal');
    const gone = await personFields.deletePersonField({ field_code: field.field_code });
    has(gone.data, { field_code: field.field_code, field_name: name });
  });

  await step('a field is renamed, and a removed one is no more', async () => {
    const fields = scenario.the('deal fields');
    const [{ code: field_code }] = fields;
    const field_name = scenario.named('Grade');
    has((await dealFields.updateDealField({ field_code, UpdateDealFieldRequest: { field_name } })).data, {
      field_code,
      field_name,
    });
    for (const { code } of fields)
      has((await dealFields.deleteDealField({ field_code: code })).data, { field_code: code });
    await assert.rejects(() => dealFields.getDealField({ field_code }));
    const left = (await deals.getDeal({ id: scenario.the('deal of fields').id })).data.custom_fields;
    assert.ok(fields.every(({ code }) => !Object.hasOwn(left, code)));
  });
}
