// The company before any record is made: its users, currencies and kinds of activity.
import assert from 'node:assert/strict';
import { has, hasKeys, isId, isSpacedTime, isText } from '../lib/expect.mjs';

const colleague = 'colleague-v2@penstock-e2e.example';

export async function company(scenario, step) {
  const { users, currencies, activityTypes } = scenario.clients.v1;

  await step('the token belongs to an active user of a company', async () => {
    const { success, data } = await users.getCurrentUser();
    assert.equal(success, true);
    isId(data.id);
    isId(data.company_id, 'the company');
    for (const key of ['name', 'email', 'company_name', 'company_domain', 'timezone_name', 'locale'])
      isText(data[key], key);
    has(data, { active_flag: true, is_you: true });
    assert.match(data.default_currency, /^[A-Z]{3}$/);
    assert.ok(Array.isArray(data.access));
    hasKeys(data.language, ['language_code', 'country_code']);
    isSpacedTime(data.created);
    scenario.keep('me', data);
  });

  await step('a colleague is invited once, and found by e-mail address ever after', async () => {
    const search = { term: colleague, search_by_email: 1 };
    const known = (await users.findUsersByName(search)).data ?? [];
    if (!known.length) await users.addUser({ AddUserRequest: { email: colleague } });
    const { data } = await users.findUsersByName(search);
    assert.equal(data.length, 1);
    has(data[0], { email: colleague, is_you: false });
    scenario.keep('colleague', data[0]);
  });

  await step('users are listed, found by name and read one by one', async () => {
    const me = scenario.the('me');
    const listed = (await users.getUsers()).data;
    assert.ok([me, scenario.the('colleague')].every((user) => listed.some((one) => one.id === user.id)));
    assert.ok((await users.findUsersByName({ term: me.name })).data.some((one) => one.id === me.id));
    has((await users.getUser({ id: me.id })).data, { id: me.id, name: me.name, email: me.email, is_you: true });
  });

  await step('currencies are listed and searched', async () => {
    const { data } = await currencies.getCurrencies();
    const euro = data.find((one) => one.code === 'EUR');
    has(euro, { code: 'EUR', decimal_points: 2, symbol: '€', active_flag: true, is_custom_flag: false });
    assert.ok(data.some((one) => one.code === 'USD'));
    const found = (await currencies.getCurrencies({ term: 'EUR' })).data;
    assert.ok(found.some((one) => one.code === 'EUR'));
    assert.ok(found.length < data.length);
  });

  await step('a kind of activity is added, renamed, and keeps its key', async () => {
    const before = (await activityTypes.getActivityTypes()).data;
    assert.ok(['call', 'meeting', 'task'].every((key) => before.some((one) => one.key_string === key)));
    const name = scenario.named('Site visit');
    const { data } = await activityTypes.addActivityType({
      AddActivityTypeRequest: { name, icon_key: 'car', color: 'FFFFFF' },
    });
    isId(data.id);
    has(data, {
      name,
      key_string: `site_visit_${scenario.run}`,
      icon_key: 'car',
      color: 'FFFFFF',
      active_flag: true,
      is_custom_flag: true,
    });
    const renamed = scenario.named('Visit on site');
    const updated = await activityTypes.updateActivityType({
      id: data.id,
      UpdateActivityTypeRequest: { name: renamed },
    });
    has(updated.data, { id: data.id, name: renamed, key_string: data.key_string });
    scenario.keep('activity type', updated.data);
  });
}
