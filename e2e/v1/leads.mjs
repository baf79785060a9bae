// Leads and their labels.
import assert from 'node:assert/strict';
import { areThese, has, isRfc3339, isUuid } from '../lib/expect.mjs';
import { faithful } from '../lib/faithful.mjs';
import { walkByOffset } from '../lib/pages.mjs';

export async function leads(scenario, step) {
  const { leads: api, leadLabels } = scenario.clients;
  const ask = faithful(scenario.wire);

  await step('a label is made, changed and listed', async () => {
    const { data } = await ask(() => leadLabels.addLeadLabel({ name: scenario.named('Promising'), color: 'green' }));
    isUuid(data.id);
    isRfc3339(data.add_time);
    has(data, { name: scenario.named('Promising'), color: 'green' });
    has((await ask(() => leadLabels.updateLeadLabel(data.id, { color: 'purple' }))).data, {
      id: data.id,
      name: data.name,
      color: 'purple',
    });
    assert.ok((await ask(() => leadLabels.getLeadLabels())).data.some((one) => one.id === data.id));
    scenario.keep('lead label', data);
  });

  await step('a lead is made for an organization, with a label and a value', async () => {
    const [organization, label, me] = [scenario.the('organization'), scenario.the('lead label'), scenario.the('me')];
    const value = { amount: 750.25, currency: 'EUR' };
    const request = {
      title: scenario.named('Fair visitor'),
      organization_id: organization.id,
      label_ids: [label.id],
      value,
      expected_close_date: '2031-09-30',
    };
    const { data } = await ask(() => api.addLead(request));
    assert.equal(scenario.wire.last.status, 201);
    isUuid(data.id);
    isRfc3339(data.add_time);
    has(data, {
      title: request.title,
      owner_id: me.id,
      creator_id: me.id,
      label_ids: [label.id],
      person_id: null,
      organization_id: organization.id,
      value,
      expected_close_date: '2031-09-30',
      is_archived: false,
      source_name: 'API',
    });
    scenario.keep('lead', data);
  });

  await step('it is changed, and null takes away', async () => {
    const { id, title, label_ids } = scenario.the('lead');
    const { data } = await ask(() =>
      api.updateLead(id, { value: null, expected_close_date: null, person_id: scenario.the('person').id }),
    );
    has(data, { id, title, label_ids, value: null, expected_close_date: null, person_id: scenario.the('person').id });
    has((await ask(() => api.getLead(id))).data, { id, value: null });
  });

  await step('leads of an organization are listed in pages', async () => {
    const { id: organization_id } = scenario.the('organization');
    const added = [scenario.the('lead')];
    for (const title of ['Second lead', 'Third lead'])
      added.push((await ask(() => api.addLead({ title, organization_id }))).data);
    areThese(await walkByOffset(2, (page) => ask(() => api.getLeads({ ...page, organization_id }))), added);
    for (const { id } of added) assert.equal((await ask(() => api.deleteLead(id))).data.id, id);
    assert.deepEqual((await ask(() => api.getLeads({ organization_id }))).data, []);
    const label = scenario.the('lead label');
    assert.equal((await ask(() => leadLabels.deleteLeadLabel(label.id))).data.id, label.id);
  });
}
