// A pipeline of four stages, the place where the scenario's deals will be.
import assert from 'node:assert/strict';
import { areThese, has, isId, isRfc3339 } from '../lib/expect.mjs';
import { walkByCursor } from '../lib/pages.mjs';

const plan = [
  ['Lead in', 10],
  ['Contact made', 30],
  ['Proposal', 60],
  ['Negotiation', 90],
];

export async function pipelines(scenario, step) {
  const { pipelines: pipelinesApi, stages } = scenario.clients.v2;

  await step('a pipeline is added', async () => {
    const name = scenario.named('Sales');
    const { success, data } = await pipelinesApi.addPipeline({
      AddPipelineRequest: { name, is_deal_probability_enabled: true },
    });
    assert.equal(success, true);
    isId(data.id);
    isRfc3339(data.add_time);
    has(data, { name, is_deleted: false, is_deal_probability_enabled: true });
    assert.ok(Number.isInteger(data.order_nr));
    scenario.keep('pipeline', data);
  });

  await step('its stages are added, each after the last', async () => {
    const pipeline = scenario.the('pipeline');
    const added = [];
    for (const [name, probability] of plan) {
      const { data } = await stages.addStage({
        AddStageRequest: {
          name,
          pipeline_id: pipeline.id,
          deal_probability: probability,
          is_deal_rot_enabled: true,
          days_to_rotten: 14,
        },
      });
      isId(data.id);
      isRfc3339(data.add_time);
      has(data, {
        name,
        pipeline_id: pipeline.id,
        deal_probability: probability,
        is_deal_rot_enabled: true,
        days_to_rotten: 14,
        is_deleted: false,
      });
      added.push(data);
    }
    const { data } = await stages.getStages({ pipeline_id: pipeline.id, sort_by: 'order_nr' });
    areThese(data, added);
    scenario.keep('stages', added);
  });

  await step('both are read, changed and listed', async () => {
    const pipeline = scenario.the('pipeline');
    const [first] = scenario.the('stages');
    const name = scenario.named('Direct sales');
    await pipelinesApi.updatePipeline({ id: pipeline.id, UpdatePipelineRequest: { name } });
    has((await pipelinesApi.getPipeline({ id: pipeline.id })).data, {
      id: pipeline.id,
      name,
      is_deal_probability_enabled: true,
    });
    await stages.updateStage({ id: first.id, UpdateStageRequest: { name: 'Qualified' } });
    has((await stages.getStage({ id: first.id })).data, { id: first.id, name: 'Qualified', deal_probability: 10 });
    const all = await walkByCursor(2, (page) => pipelinesApi.getPipelines(page));
    assert.ok(all.some((one) => one.id === pipeline.id));
    areThese(
      await walkByCursor(3, (page) => stages.getStages({ ...page, pipeline_id: pipeline.id })),
      scenario.the('stages'),
    );
  });
}
