// Leads and their labels (v1).
import assert from 'node:assert/strict';
import { areThese, has, isRfc3339, isUuid, refusal } from '../lib/expect.mjs';
import { walkByOffset } from '../lib/pages.mjs';

export async function leads(scenario, step) {
  const { leads: api, leadLabels } = scenario.clients.v1;

  await step('a label is made, changed and listed', async () => {
    const { data } = await leadLabels.addLeadLabel({
      AddLeadLabelRequest: { name: scenario.named('Promising'), color: 'green' },
    });
    isUuid(data.id);
    isRfc3339(data.add_time);
    has(data, { name: scenario.named('Promising'), color: 'green' });
    const changed = await leadLabels.updateLeadLabel({ id: data.id, UpdateLeadLabelRequest: { color: 'purple' } });
    has(changed.data, { id: data.id, name: data.name, color: 'purple' });
    assert.ok((await leadLabels.getLeadLabels()).data.some((one) => one.id === data.id && one.color === 'purple'));
    scenario.keep('lead label', changed.data);
  });

  await step('a lead is made for a person, with a label and a value', async () => {
    const [person, label, me] = [scenario.the('person'), scenario.the('lead label'), scenario.the('me')];
    const value = { amount: 750.25, currency: 'EUR' };
    const { data } = await api.addLead({
      AddLeadRequest: {
        title: scenario.named('Fair visitor'),
        person_id: person.id,
        label_ids: [label.id],
        value,
        expected_close_date: '2031-09-30',
      },
    });
    assert.equal(scenario.wire.last.status, 201);
    isUuid(data.id);
    isRfc3339(data.add_time);
    has(data, {
      title: scenario.named('Fair visitor'),
      owner_id: me.id,
      creator_id: me.id,
      label_ids: [label.id],
      person_id: person.id,
      organization_id: null,
      value,
      expected_close_date: '2031-09-30',
      is_archived: false,
      next_activity_id: null,
      source_name: 'API',
    });
    assert.equal(typeof data.was_seen, 'boolean');
    assert.match(data.visible_to, /^[1357]$/);
    scenario.keep('lead', data);
  });

  await step('a lead needs a title, and a person or an organization', async () => {
    await refusal(scenario.wire, 400, () => api.addLead({ AddLeadRequest: { title: scenario.named('Nobody') } }));
    await refusal(scenario.wire, 400, () => api.addLead({ AddLeadRequest: { person_id: scenario.the('person').id } }));
  });

  await step('null takes away the value and the date, and leaves the rest', async () => {
    const { id, title, label_ids } = scenario.the('lead');
    const { data } = await api.updateLead({
      id,
      UpdateLeadRequest: { value: null, expected_close_date: null, was_seen: true },
    });
    has(data, { id, title, label_ids, value: null, expected_close_date: null, was_seen: true });
    has((await api.getLead({ id })).data, { id, value: null, expected_close_date: null });
  });

  await step('leads of a person are listed in pages', async () => {
    const { id: person_id } = scenario.the('person');
    const added = [scenario.the('lead')];
    for (const title of ['Second lead', 'Third lead'])
      added.push((await api.addLead({ AddLeadRequest: { title, person_id } })).data);
    areThese(await walkByOffset(2, (page) => api.getLeads({ ...page, person_id })), added);
    for (const { id } of added.slice(1)) assert.equal((await api.deleteLead({ id })).data.id, id);
    areThese((await api.getLeads({ person_id })).data, [scenario.the('lead')]);
  });

  await step('a removed lead is not found, and its label can go', async () => {
    const { id } = scenario.the('lead');
    assert.equal((await api.deleteLead({ id })).data.id, id);
    await refusal(scenario.wire, 404, () => api.getLead({ id }));
    const label = scenario.the('lead label');
    assert.equal((await leadLabels.deleteLeadLabel({ id: label.id })).data.id, label.id);
    assert.ok(!(await leadLabels.getLeadLabels()).data.some((one) => one.id === label.id));
  });
}
