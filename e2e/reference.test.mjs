// Every sample of the reference works against the demo: what stands in the OpenAPI documents as `x-codeSamples`, each
// request as a line of `curl`, as JavaScript and as Python.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { reset } from './lib/sandbox.mjs';
import { target } from './lib/target.mjs';

const folder = new URL('../docs/openapi/', import.meta.url);

// What creates comes first, `PUT` of the Virtual API among it, what deletes last.
const ORDER = ['post', 'put', 'get', 'patch', 'delete'];

// How the samples of a language run: each gets its source and gives what was printed. A process for each would cost
// minutes, so what is JavaScript runs in this one, and what is Python in one of its own.
const LANGUAGES = { curl: shell, JavaScript: javascript, Python: python };

function shell(source, env) {
  const { stdout } = spawnSync('sh', ['-c', `${source} -w '\\n%{http_code}'`], { env, encoding: 'utf8' });
  const lines = stdout.trim().split('\n');
  return `${lines.pop()} ${lines.join('\n')}`;
}

const AsyncFunction = (async () => {}).constructor;

async function javascript(source, env) {
  const printed = [];
  const log = (...values) => printed.push(values.map((v) => (typeof v === 'object' ? JSON.stringify(v) : v)).join(' '));
  await new AsyncFunction('process', 'console', source)({ env }, { log });
  return printed.join('\n');
}

// Reads sources as lines of JSON, and answers each with a line of JSON: what it printed, and how it failed.
const PYTHON = `
import contextlib, io, json, sys, traceback
for line in sys.stdin:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        try:
            exec(json.loads(line), {"__name__": "__main__"})
        except Exception:
            traceback.print_exc(file=printed)
    print(json.dumps(printed.getvalue()), flush=True)
`;
let interpreter;

async function python(source, env) {
  if (!interpreter) {
    const child = spawn('python3', ['-c', PYTHON], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    interpreter = { child, lines };
  }
  interpreter.child.stdin.write(`${JSON.stringify(source)}\n`);
  const { value } = await interpreter.lines.next();
  return JSON.parse(value ?? '"python3 ended"');
}

after(() => interpreter?.child.stdin.end());

/** Every sample in a language: `{title, method, source}`, in the order in which they can be tried. */
function samples(language) {
  const all = [];
  for (const file of readdirSync(folder).sort()) {
    const { paths } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const title = `${file.replace('.json', '')} ${method.toUpperCase()} ${path}`;
        const { source } = operation['x-codeSamples'].find(({ label }) => label === language);
        all.push({ title, method, source });
      }
    }
  }
  return all.sort((a, b) => ORDER.indexOf(a.method) - ORDER.indexOf(b.method));
}

for (const [language, run] of Object.entries(LANGUAGES)) {
  test(`every sample of the reference in ${language} works against the demo`, { timeout: 900_000 }, async () => {
    const { url, token } = target();
    await reset({ url, token });
    const env = { ...process.env, PENSTOCK_URL: url, PENSTOCK_TOKEN: token };
    const faults = [];
    const all = samples(language);
    assert.ok(all.length > 240, `${all.length} samples`);
    for (const { title, source } of all) {
      const output = await Promise.resolve(run(source, env)).catch(String);
      const status = Number(/^\d+/.exec(output)?.[0]);
      if (!(status >= 200 && status <= 299)) faults.push(`${title}\n${source}\n${output}`);
    }
    assert.equal(faults.length, 0, `${faults.length} samples fail\n${faults.join('\n\n')}`);
  });
}
