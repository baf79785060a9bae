// Derives JSON Schemas of Pipedrive's answers from its official Node clients:
//
//   node declarations/derive.mjs <schemas.json>
import { writeFileSync } from 'node:fs';
import { schemas } from './schemas.mjs';

const [path] = process.argv.slice(2);
if (!path) {
  console.error('usage: node declarations/derive.mjs <schemas.json>');
  process.exit(2);
}
const made = schemas();
writeFileSync(path, `${JSON.stringify(made, null, 1)}\n`);
console.log(`${Object.keys(made).filter((key) => !key.startsWith('$')).length} operations`);
