// A pipeline of four stages, the place where the scenario's deals will be.
import assert from 'node:assert/strict';
import { areThese, has, isId, isSpacedTime, isText } from '../lib/expect.mjs';
import { faithful } from '../lib/faithful.mjs';

const plan = [
  ['Lead in', 10],
  ['Contact made', 30],
  ['Proposal', 60],
  ['Negotiation', 90],
];

export async function pipelines(scenario, step) {
  const { pipelines: api, stages } = scenario.clients;
  const ask = faithful(scenario.wire);

  await step('a pipeline is added', async () => {
    const name = scenario.named('Wholesale');
    const { data } = await ask(() => api.addPipeline({ name, deal_probability: 1 }));
    isId(data.id);
    isSpacedTime(data.add_time);
    isText(data.url_title, 'the url_title');
    has(data, { name, active: true, deal_probability: true });
    assert.ok(Number.isInteger(data.order_nr));
    scenario.keep('pipeline', data);
  });

  await step('its stages are added, each after the last', async () => {
    const { id: pipeline_id } = scenario.the('pipeline');
    const added = [];
    for (const [name, deal_probability] of plan) {
      const request = { name, pipeline_id, deal_probability, rotten_flag: true, rotten_days: 14 };
      const { data } = await ask(() => stages.addStage(request));
      isId(data.id);
      isSpacedTime(data.add_time);
      has(data, { name, pipeline_id, deal_probability, rotten_flag: true, rotten_days: 14, active_flag: true });
      added.push(data);
    }
    const { data } = await ask(() => stages.getStages({ pipeline_id }));
    areThese(data, added);
    for (const stage of data) has(stage, { pipeline_name: scenario.named('Wholesale'), pipeline_deal_probability: true });
    assert.deepEqual(
      data.map((one) => one.order_nr),
      data.map((one) => one.order_nr).toSorted((a, b) => a - b),
    );
    scenario.keep('stages', added);
  });

  await step('both are read, changed and listed', async () => {
    const { id } = scenario.the('pipeline');
    const [first] = scenario.the('stages');
    const name = scenario.named('Retail');
    has((await ask(() => api.updatePipeline(id, { name }))).data, { id, name, deal_probability: true });
    has((await ask(() => api.getPipeline(id))).data, { id, name, active: true });
    has((await ask(() => stages.updateStage(first.id, { name: 'Qualified' }))).data, {
      id: first.id,
      name: 'Qualified',
      deal_probability: 10,
    });
    has((await ask(() => stages.getStage(first.id))).data, { id: first.id, name: 'Qualified', pipeline_id: id });
    assert.ok((await ask(() => api.getPipelines())).data.some((one) => one.id === id));
  });
}
