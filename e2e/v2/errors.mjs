// What the client is told when something is wrong (pipedrive-contract 2.2). Client 33.x hands on the body alone.
import assert from 'node:assert/strict';
import { has, isText, refusal } from '../lib/expect.mjs';

const nowhere = 999999999;

export async function errors(scenario, step) {
  const { activities, deals, organizations, persons, pipelines, stages } = scenario.clients.v2;
  const { notes, users } = scenario.clients.v1;
  const refused = (status, call) => refusal(scenario.wire, status, call);

  await step('what does not exist is not found, in the words of v2', async () => {
    const calls = [
      () => persons.getPerson({ id: nowhere }),
      () => organizations.getOrganization({ id: nowhere }),
      () => activities.getActivity({ id: nowhere }),
      () => pipelines.getPipeline({ id: nowhere }),
      () => stages.getStage({ id: nowhere }),
    ];
    // Deals have words of their own.
    const ofDeals = [
      () => deals.getDeal({ id: nowhere }),
      () => deals.updateDeal({ id: nowhere, UpdateDealRequest: { title: 'x' } }),
      () => deals.deleteDeal({ id: nowhere }),
    ];
    for (const [error, some] of [['Entity was not found', calls], ['Deal not found', ofDeals]]) {
      for (const call of some) {
        const body = await refused(404, call);
        has(body, { success: false, error, data: null });
        isText(body.error_info, 'the error_info');
      }
    }
  });

  await step('the client rejects with the body of the refusal', async () => {
    const thrown = await deals.getDeal({ id: nowhere }).then(
      () => null,
      (reason) => reason,
    );
    assert.deepEqual(thrown, scenario.wire.last.body);
  });

  await step('what does not exist is not found in v1 either', async () => {
    await refused(404, () => notes.getNote({ id: nowhere }));
    await refused(404, () => users.getUser({ id: nowhere }));
    await refused(404, () => scenario.clients.v1.leads.getLead({ id: '00000000-0000-4000-8000-000000000000' }));
  });

  await step('v2 takes no string for a number, no number for a truth and no deal without a title', async () => {
    const { id: pipeline_id } = scenario.the('pipeline');
    const wrong = [
      { pipeline_id },
      { title: 'x', pipeline_id, value: '500' },
      { title: 'x', pipeline_id, is_archived: 1 },
      { title: 'x', pipeline_id, status: 'maybe' },
    ];
    for (const request of wrong) {
      const body = await refused(400, () => deals.addDeal({ AddDealRequest: request }));
      has(body, { code: 'ERR_SCHEMA_VALIDATION_FAILED' });
      assert.match(body.error, /^Validation failed/);
    }
  });

  await step('a time of losing does not fit a won deal, and the refusal changes nothing', async () => {
    const { id } = scenario.the('deal');
    const body = await refused(400, () =>
      deals.updateDeal({ id, UpdateDealRequest: { status: 'won', lost_time: '2025-01-01T00:00:00Z' } }),
    );
    assert.deepEqual(Object.keys(body).sort(), ['code', 'error', 'success']);
    has(body, { code: 'ERR_BAD_REQUEST' });
    has((await deals.getDeal({ id })).data, { status: 'open', stage_id: scenario.the('deal').stage_id });
  });

  await step('a wrong token is refused in JSON', async () => {
    const stranger = scenario.clientsWithToken('0'.repeat(40));
    for (const call of [() => stranger.v2.deals.getDeals(), () => stranger.v1.users.getCurrentUser()]) {
      const body = await refused(401, call);
      has(body, { success: false, error: 'unauthorized access', errorCode: 401 });
      isText(body.error_info, 'the error_info');
    }
  });
}
