import { currentOperations, formerOperations, operationName } from './operations.mjs';
import { modelSchemas } from './model-schemas.mjs';
import { typescriptSchemas } from './typescript-schemas.mjs';

/** `{"$comment": ..., "v2 GET /deals/{id}": <schema>, ..., "$defs": {...}}` */
export function schemas() {
  const current = typescriptSchemas();
  const former = modelSchemas();
  const made = {};
  for (const operation of currentOperations()) {
    made[operationName(operation)] ??= current.schemaOf(operation.version, operation.api, operation.name);
  }
  for (const operation of formerOperations()) {
    made[operationName(operation)] ??= operation.model ? former.schemaOf(operation.model) : {};
  }
  const $defs = { ...current.definitions, ...former.definitions };
  return { ...made, $defs };
}
