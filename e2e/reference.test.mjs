// Every `curl` line of the reference works against the demo: what stands in the OpenAPI documents as `x-codeSamples`.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { reset } from './lib/sandbox.mjs';
import { target } from './lib/target.mjs';

const folder = new URL('../docs/openapi/', import.meta.url);

// What creates comes first, `PUT` of the Virtual API among it, what deletes last.
const ORDER = ['post', 'put', 'get', 'patch', 'delete'];

/** Every line of the documents: `{title, method, line}`, in the order in which they can be tried. */
function lines() {
  const all = [];
  for (const file of readdirSync(folder).sort()) {
    const { paths } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const title = `${file.replace('.json', '')} ${method.toUpperCase()} ${path}`;
        all.push({ title, method, line: operation['x-codeSamples'][0].source });
      }
    }
  }
  return all.sort((a, b) => ORDER.indexOf(a.method) - ORDER.indexOf(b.method));
}

test('every line of the reference works against the demo', { timeout: 900_000 }, async () => {
  const { url, token } = target();
  await reset({ url, token });
  const env = { ...process.env, PENSTOCK_URL: url, PENSTOCK_TOKEN: token };
  const faults = [];
  for (const { title, line } of lines()) {
    const { stdout } = spawnSync('sh', ['-c', `${line} -w '\\n%{http_code}'`], { env, encoding: 'utf8' });
    const status = Number(stdout.trim().split('\n').at(-1));
    if (status < 200 || status > 299) faults.push(`${title}\n${line}\n${stdout}`);
  }
  assert.equal(faults.length, 0, `${faults.length} lines fail\n${faults.join('\n\n')}`);
});
