// The company before any record is made, as client 22.x sees it.
import assert from 'node:assert/strict';
import { faithful } from '../lib/faithful.mjs';
import { has, isId, isSpacedTime, isText } from '../lib/expect.mjs';

const colleague = 'colleague-v1@penstock-e2e.example';

export async function company(scenario, step) {
  const { users, currencies, activityTypes, leadSources } = scenario.clients;
  const ask = faithful(scenario.wire);

  await step('the token belongs to an active user of a company', async () => {
    const { data } = await ask(() => users.getCurrentUser());
    isId(data.id);
    isId(data.company_id, 'the company');
    for (const key of ['name', 'email', 'company_name', 'company_domain', 'timezone_name', 'locale'])
      isText(data[key], key);
    has(data, { active_flag: true, is_you: true });
    assert.match(data.default_currency, /^[A-Z]{3}$/);
    isSpacedTime(data.created);
    scenario.keep('me', data);
  });

  await step('a colleague is invited once, and found by e-mail address ever after', async () => {
    const find = () => users.findUsersByName(colleague, { search_by_email: 1 });
    await find();
    if (!scenario.wire.last.body.data?.length) await users.addUser({ email: colleague });
    const { data } = await ask(find);
    assert.equal(data.length, 1);
    has(data[0], { email: colleague, is_you: false });
    scenario.keep('colleague', data[0]);
  });

  await step('users are listed and read one by one', async () => {
    const me = scenario.the('me');
    const { data } = await ask(() => users.getUsers());
    assert.ok([me, scenario.the('colleague')].every((user) => data.some((one) => one.id === user.id)));
    has((await ask(() => users.getUser(me.id))).data, { id: me.id, name: me.name, email: me.email });
    assert.ok((await ask(() => users.findUsersByName(me.name))).data.some((one) => one.id === me.id));
  });

  await step('currencies, sources of leads and kinds of activity are known', async () => {
    const { data: known } = await ask(() => currencies.getCurrencies());
    has(
      known.find((one) => one.code === 'EUR'),
      { decimal_points: 2, symbol: '€', active_flag: true, is_custom_flag: false },
    );
    assert.ok((await ask(() => currencies.getCurrencies({ term: 'EUR' }))).data.length < known.length);
    const { data: sources } = await ask(() => leadSources.getLeadSources());
    assert.ok(['API', 'Manually created', 'Import'].every((name) => sources.some((one) => one.name === name)));
    const { data: types } = await ask(() => activityTypes.getActivityTypes());
    assert.ok(['call', 'meeting', 'task'].every((key) => types.some((one) => one.key_string === key)));
  });

  await step('a kind of activity is added, renamed, and removed', async () => {
    const name = scenario.named('Demo');
    const { data } = await ask(() => activityTypes.addActivityType({ name, icon_key: 'brush', color: 'FFFFFF' }));
    has(data, { name, key_string: `demo_${scenario.run}`, icon_key: 'brush', active_flag: true, is_custom_flag: true });
    const renamed = await ask(() => activityTypes.updateActivityType(data.id, { name: scenario.named('Show') }));
    has(renamed.data, { id: data.id, name: scenario.named('Show'), key_string: data.key_string });
    has((await ask(() => activityTypes.deleteActivityType(data.id))).data, { id: data.id, active_flag: false });
  });
}
