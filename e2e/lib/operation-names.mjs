// Names the operation that a request was: `v2 GET /deals/{id}` for `GET http://localhost/api/v2/deals/7?limit=1`.
import { currentOperations, formerOperations, operationName } from '../declarations/operations.mjs';

/** Gives the function `(method, url) -> name`; a request that no client declares is named by its own path. */
export function operationNamer() {
  const operations = [...currentOperations(), ...formerOperations()].map((operation) => ({
    name: operationName(operation),
    version: operation.version,
    method: operation.method,
    steps: steps(operation.path),
  }));

  return function nameOf(method, url) {
    const [, version, path] = /^\/(?:api\/)?(v[12])(\/.*)$/.exec(new URL(url).pathname) ?? [];
    if (!version) throw new Error(`${url} is under neither /v1, /api/v1 nor /api/v2`);
    const taken = steps(path);
    const fitting = operations.filter(
      (one) => one.version === version && one.method === method && fits(one.steps, taken),
    );
    fitting.sort((a, b) => literals(b.steps) - literals(a.steps)); // `/deals/summary` before `/deals/{id}`
    return fitting[0]?.name ?? operationName({ version, method, path });
  };
}

function steps(path) {
  return path.split('/').filter(Boolean);
}

function fits(template, taken) {
  return template.length === taken.length && template.every((step, at) => isPlace(step) || step === taken[at]);
}

function literals(template) {
  return template.filter((step) => !isPlace(step)).length;
}

function isPlace(step) {
  return step.startsWith('{');
}
