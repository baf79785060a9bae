// The OpenAPI documents hold against OpenAPI's own schema. Needs no server.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';

const folder = new URL('../docs/openapi/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));

test('there are documents to hold against the schema', () => {
  assert.deepEqual(files.sort(), ['v1.json', 'v2.json', 'virtual.json']);
});

for (const file of files) {
  test(`${file} is a document of OpenAPI 3.1`, async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
    assert.ok(valid, JSON.stringify(errors, null, 1));
    assert.equal(validator.version, '3.1');
  });
}

test('the schema finds what is wrong', async () => {
  const { valid } = await new Validator().validate({ openapi: '3.1.0', info: { title: 'x' }, paths: {} });
  assert.equal(valid, false);
});
