import { correct, corrections } from './corrections.mjs';
import { modelSchemas } from './model-schemas.mjs';
import { currentOperations, formerOperations, operationName } from './operations.mjs';
import { typescriptSchemas } from './typescript-schemas.mjs';

const about = [
  'Made by declarations/derive.mjs from the npm packages pipedrive 33.7.0 and, for v1 operations it lacks, 22.10.1.',
  'Every optional property may also be null, because the declarations leave nullability out.',
  'Unknown properties are allowed, because custom fields are root keys in v1.',
  ...corrections.map(
    ({ definitions, property, reason }) => `Corrected: ${property} of ${definitions.source}: ${reason}.`,
  ),
];

/**
 * Schemas of the answers to all operations: `{"$comment": [...], "v2 GET /deals/{id}": <schema>, ..., "$defs": {...}}`.
 * Client 33.x speaks for the operations it has, 22.x for the v1 operations that were removed since.
 */
export function schemas() {
  const current = typescriptSchemas();
  const former = modelSchemas();
  const operations = {};
  for (const operation of currentOperations()) {
    operations[operationName(operation)] ??= current.schemaOf(operation.version, operation.api, operation.name);
  }
  for (const operation of formerOperations()) {
    operations[operationName(operation)] ??= operation.model ? former.schemaOf(operation.model) : {};
  }
  const definitions = { ...current.definitions, ...former.definitions };
  correct(definitions);
  return { $comment: about.join(' '), ...sorted(operations), $defs: sorted(definitions) };
}

function sorted(entries) {
  return Object.fromEntries(
    Object.keys(entries)
      .sort()
      .map((key) => [key, entries[key]]),
  );
}
