// Holds recorded answers against the official clients' declarations:
//
//   node declarations/check.mjs <schemas.json> <answers.jsonl>
//
// Each line of the answers is `{"operation": "v2 GET /deals/{id}", "status": 200, "body": {...}}`. Prints every fault
// with its path and reason, then `N passed, M failed`; the exit code is 1 when anything failed or nothing was there.
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { validator } from './validation.mjs';

const [schemasPath, answersPath] = process.argv.slice(2);
if (!schemasPath || !answersPath) {
  console.error('usage: node declarations/check.mjs <schemas.json> <answers.jsonl>');
  process.exit(2);
}

const faultsOf = validator(JSON.parse(readFileSync(schemasPath, 'utf8')));
let passed = 0;
let failed = 0;
let number = 0;
for await (const line of createInterface({ input: createReadStream(answersPath), crlfDelay: Infinity })) {
  number += 1;
  if (!line.trim()) continue;
  const answer = parsed(line);
  const faults = answer ? faultsOf(answer) : [{ path: '', reason: 'the line is no JSON object' }];
  if (!faults.length) {
    passed += 1;
    continue;
  }
  failed += 1;
  console.log(`line ${number}: ${answer?.operation ?? '?'} (${answer?.status ?? '?'})`);
  for (const { path, reason } of faults) console.log(`  ${path || '/'}: ${reason}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed || !passed ? 1 : 0;

function parsed(line) {
  try {
    const value = JSON.parse(line);
    return typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
