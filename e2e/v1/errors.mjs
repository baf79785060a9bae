// What the client is told when something is wrong (pipedrive-contract 2.2). Client 22.x throws by status.
import assert from 'node:assert/strict';
import { has, isText, refusal } from '../lib/expect.mjs';

const nowhere = 999999999;

export async function errors(scenario, step) {
  const { activities, deals, leads, notes, organizations, persons, stages, users } = scenario.clients;
  const refused = (status, call) => refusal(scenario.wire, status, call);
  const thrown = (call) =>
    call().then(
      () => null,
      (reason) => reason,
    );

  await step('what does not exist is not found', async () => {
    has(await refused(404, () => deals.getDeal(nowhere)), { success: false, error: 'Deal not found', data: null });
    for (const call of [
      () => persons.getPerson(nowhere),
      () => organizations.getOrganization(nowhere),
      () => activities.getActivity(nowhere),
      () => stages.getStage(nowhere),
      () => notes.getNote(nowhere),
      () => users.getUser(nowhere),
      () => leads.getLead('00000000-0000-4000-8000-000000000000'),
      () => deals.updateDeal(nowhere, { title: 'x' }),
    ])
      await refused(404, call);
  });

  await step('the client throws "not found" with its own error and the information sent', async () => {
    const reason = await thrown(() => deals.getDeal(nowhere));
    has(reason, { success: false, errorCode: 404, message: 'Not found', errorInfo: scenario.wire.last.body.error_info });
    isText(reason.errorInfo, 'the error_info');
  });

  await step('a deal without a title is refused', async () => {
    const reason = await thrown(() => deals.addDeal({ value: 5 }));
    has(reason, { success: false, errorCode: 400 });
    assert.equal(scenario.wire.last.body.success, false);
    await refused(400, () => persons.addPerson({}));
    await refused(400, () => organizations.addOrganization({}));
  });

  await step('a wrong token is refused in JSON', async () => {
    const stranger = scenario.clientsWithToken('0'.repeat(40));
    const body = await refused(401, () => stranger.deals.getDeals());
    has(body, { success: false, error: 'unauthorized access', errorCode: 401 });
    const reason = await thrown(() => stranger.users.getCurrentUser());
    has(reason, { success: false, errorCode: 401, message: 'Unauthorized access' });
    isText(reason.errorInfo, 'the error_info');
  });
}
