// Derives JSON Schemas of Pipedrive's answers from its official Node clients:
//
//   node declarations/derive.mjs <schemas.json>
//
// The declarations are known to be wrong in places (pipedrive-contract 13, complaints 4 and 19):
// - They leave nullability out: every open deal has nulls where they promise texts. Hence every optional property may
//   also be null; a required one may not.
// - They are wrong about participants, filters, recents, field types and more: `corrections.mjs` lists each place with
//   what is true instead and why. `$comment` in the written file repeats the list.
// - They forbid custom fields: unknown properties are allowed everywhere.
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
