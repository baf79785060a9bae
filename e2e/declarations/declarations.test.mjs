// The declarations must be worth holding answers against: a right answer passes, a wrong one fails, and says where.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { validator } from './validation.mjs';

const folder = mkdtempSync(join(tmpdir(), 'penstock-declarations-'));
const schemasPath = join(folder, 'schemas.json');
let faultsOf;
let names;

before(() => {
  const { status, stderr } = run('derive.mjs', schemasPath);
  assert.equal(status, 0, stderr);
  const schemas = JSON.parse(readFileSync(schemasPath, 'utf8'));
  names = Object.keys(schemas).filter((key) => !key.startsWith('$'));
  faultsOf = validator(schemas);
});

after(() => rmSync(folder, { recursive: true }));

test('every operation of both clients has a schema', () => {
  const count = (version) => names.filter((name) => name.startsWith(`${version} `)).length;
  assert.equal(count('v2'), 158);
  assert.equal(count('v1'), 210 + 83); // of 33.x, and those that only 22.x still has
  for (const name of [
    'v2 GET /deals/{id}',
    'v2 PATCH /deals/{id}',
    'v1 POST /notes',
    'v1 PUT /deals/{id}',
    'v1 GET /persons',
  ]) {
    assert.ok(names.includes(name), name);
  }
});

test('a deal of v2 passes, with nulls that the declarations forget and with keys that they do not know', () => {
  const data = {
    id: 1,
    title: 'Deal',
    value: 10.5,
    won_time: null,
    expected_close_date: null,
    label_ids: [],
    custom_fields: { ab: null },
    extra: 1,
  };
  assert.deepEqual(faultsOf(answer('v2 GET /deals/{id}', { success: true, data })), []);
});

test('a wrong type is found where it is', () => {
  const body = { success: true, data: [{ id: 1 }, { id: '2', is_deleted: 0 }], additional_data: { next_cursor: null } };
  assert.deepEqual(paths('v2 GET /deals', body), ['/data/1/id', '/data/1/is_deleted']);
});

test('a required property must be there and not be null', () => {
  const field = {
    field_name: 'Title',
    field_code: 'title',
    field_type: 'varchar',
    is_custom_field: false,
    is_optional_response_field: false,
  };
  const body = (changed) => ({ success: true, data: [{ ...field, ...changed }] });
  assert.deepEqual(paths('v2 GET /dealFields', body({})), []);
  assert.deepEqual(paths('v2 GET /dealFields', body({ field_code: null })), ['/data/0/field_code']);
  assert.deepEqual(paths('v2 GET /dealFields', body({ field_code: undefined })), ['/data/0']);
  assert.deepEqual(paths('v2 GET /dealFields', body({ field_type: 'colour' })), ['/data/0/field_type']);
});

test('v1 of client 22.x is held to what that client reads', () => {
  const deal = {
    id: 1,
    title: 'Deal',
    user_id: { id: 2, name: 'Me', has_pic: 0, value: 2 },
    person_id: null,
    active: true,
    visible_to: '3',
  };
  const name = 'v1 PUT /deals/{id}';
  assert.deepEqual(paths(name, { success: true, data: deal }), []);
  assert.deepEqual(paths(name, { success: true, data: { ...deal, user_id: 2, active: 'true' } }), [
    '/data/active',
    '/data/user_id',
  ]);
});

test('what is known to be declared wrongly is corrected', () => {
  const subfield = { id: null, key: 'value_currency', name: 'Currency', field_type: 'varchar', mandatory_flag: true };
  const status = { id: 5, key: 'status', name: 'Status', field_type: 'status', mandatory_flag: { status: '=won' } };
  const page = { pagination: { start: 0, limit: 100, more_items_in_collection: false } };
  assert.deepEqual(paths('v1 GET /dealFields', { success: true, data: [status, subfield], additional_data: page }), []);
  assert.deepEqual(paths('v1 GET /deals/{id}/files', { success: true, data: null, additional_data: page }), []);
  const items = [
    { item: 'deal', id: 1, data: { id: 1 } },
    { item: 'person', id: 2, data: null },
  ];
  assert.deepEqual(paths('v1 GET /recents', { success: true, data: items }), []);
});

test('a refusal must say that it is one', () => {
  const refusal = (body) => faultsOf({ operation: 'v2 GET /deals/{id}', status: 404, body }).map((one) => one.path);
  assert.deepEqual(refusal({ success: false, error: 'Entity was not found' }), []);
  assert.deepEqual(refusal({ error: 'Entity was not found' }), ['/success']);
  assert.deepEqual(refusal('<html></html>'), ['']);
});

test('an operation that no client declares is a fault', () => {
  assert.equal(faultsOf(answer('v2 GET /nothing', { success: true })).length, 1);
  assert.equal(faultsOf(answer('$defs', { success: true })).length, 1);
});

test('the checker counts, explains and fails', () => {
  const right = answer('v1 GET /currencies', {
    success: true,
    data: [{ id: 1, code: 'EUR', name: 'Euro', decimal_points: 2, symbol: '€' }],
  });
  const wrong = answer('v1 GET /currencies', { success: true, data: [{ id: 1, code: 5 }] });
  const passed = check([right, right]);
  assert.deepEqual([passed.status, lastLine(passed)], [0, '2 passed, 0 failed']);
  const failed = check([right, wrong]);
  assert.deepEqual([failed.status, lastLine(failed)], [1, '1 passed, 1 failed']);
  assert.match(failed.stdout, /line 2: v1 GET \/currencies \(200\)\n {2}\/data\/0\/code: must be/);
  assert.equal(check([]).status, 1);
});

function answer(operation, body) {
  return { operation, status: 200, body: JSON.parse(JSON.stringify(body)) };
}

function paths(operation, body) {
  return [...new Set(faultsOf(answer(operation, body)).map((one) => one.path))].sort();
}

function check(answers) {
  const path = join(folder, 'answers.jsonl');
  writeFileSync(path, answers.map((one) => `${JSON.stringify(one)}\n`).join(''));
  return run('check.mjs', schemasPath, path);
}

function lastLine({ stdout }) {
  return stdout.trimEnd().split('\n').at(-1);
}

function run(script, ...given) {
  return spawnSync(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), ...given], { encoding: 'utf8' });
}
