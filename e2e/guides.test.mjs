// The code of the README and the guides runs against a demo and answers what the guides say.
//
// A block marked `sh run` or `js run` runs, those of one guide in order; a block marked `expect` behind it is its
// output. The blocks of a guide share a shell, so that a variable of one is there in the next; what is JavaScript runs
// as a module of this folder, so that it finds the clients.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { differences } from './lib/expectation.mjs';
import { reset } from './lib/sandbox.mjs';
import { target } from './lib/target.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = new URL('../docs/guides/', import.meta.url);
const guides = readdirSync(folder).filter((file) => file.endsWith('.md')).sort();
const others = ['../README.md', '../docs/sandbox.md'].map((file) => new URL(file, import.meta.url));
const files = [...others, ...guides.map((file) => new URL(file, folder))];
// Whose code must run. Other guides may show what runs elsewhere.
const RUN = ['README', 'sandbox', 'getting-started', 'responses-and-errors', 'paging', 'custom-fields', 'virtual-api'];

/** The blocks of a guide that run: `{line, language, code, expected: {language, text} | null}`. */
function blocks(markdown) {
  const found = [];
  let open = null;
  for (const [at, text] of markdown.split('\n').entries()) {
    const fence = /^```(\S*)\s*(\S*)/.exec(text);
    if (open && text.startsWith('```')) {
      if (open.mark === 'run') found.push({ ...open, expected: null });
      if (open.mark === 'expect' && found.length) found.at(-1).expected = { language: open.language, text: open.code };
      open = null;
    } else if (open) {
      open.code += `${text}\n`;
    } else if (fence) {
      open = { line: at + 1, language: fence[1], mark: fence[2], code: '' };
    }
  }
  return found;
}

/** A shell that keeps its variables from block to block. */
class Shell {
  constructor(env) {
    this.process = spawn('bash', { env, stdio: ['pipe', 'pipe', 'pipe'] });
    this.faults = '';
    this.process.stderr.on('data', (part) => (this.faults += part));
  }

  async run(code) {
    const end = `--end-${Math.random()}--`;
    this.process.stdin.write(`${code}\necho "${end}$?"\n`);
    let out = '';
    for await (const part of this.process.stdout.iterator({ destroyOnReturn: false })) {
      out += part;
      const at = out.indexOf(end);
      if (at >= 0 && out.endsWith('\n')) {
        return { status: Number(out.slice(at + end.length)), stdout: out.slice(0, at), stderr: this.faults };
      }
    }
    return { status: 1, stdout: out, stderr: this.faults };
  }

  close() {
    this.process.stdin.end();
  }
}

const runnable = files
  .map((file) => ({ name: file.pathname.split('/').at(-1), all: blocks(readFileSync(file, 'utf8')) }))
  .filter(({ all }) => all.length > 0);

test('the guides that must have code that runs have it', () => {
  const names = runnable.map(({ name }) => name.replace('.md', ''));
  for (const name of RUN) assert.ok(names.includes(name), name);
});

for (const { name, all } of runnable) {
  test(`the code of ${name} runs and answers what the guide says`, { timeout: 600_000 }, async () => {
    const { url, token } = target();
    await reset({ url, token });
    const env = { ...process.env, PENSTOCK_URL: url, PENSTOCK_TOKEN: token };
    const shell = new Shell(env);
    const run = (code) => spawnSync('node', ['--input-type=module', '-'], { cwd: here, env, input: code, encoding: 'utf8' });
    try {
      for (const { line, language, code, expected } of all) {
        const { status, stdout, stderr } = language === 'js' ? run(code) : await shell.run(code);
        assert.equal(status, 0, `${name}:${line} fails\n${stdout}\n${stderr}`);
        const wrong = expected ? differences(expected.text, stdout, expected.language) : [];
        assert.deepEqual(wrong, [], `${name}:${line} answers\n${stdout}`);
      }
    } finally {
      shell.close();
    }
  });
}
