// Says whether one recorded answer is what the official clients' declarations promise.
import Ajv from 'ajv';

/**
 * Gives a function that takes one answer `{operation, status, body}` and returns its faults as `[{path, reason}]`,
 * empty when there are none. `schemas` is what `derive.mjs` writes.
 */
export function validator(schemas) {
  const ajv = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true });
  ajv.addSchema(schemas, 'declarations');

  return function faultsOf({ operation, status, body }) {
    if (!isOperation(schemas, operation)) return [{ path: '', reason: `no client declares ${operation}` }];
    if (status >= 400) return faultsOfRefusal(body);
    if (!(status >= 200 && status < 300)) return [{ path: '', reason: `the status is ${status}` }];
    const accepts = ajv.getSchema(`declarations#/${pointer(operation)}`);
    return accepts(body) ? [] : causes(accepts.errors).map(fault);
  };
}

function isOperation(schemas, operation) {
  return typeof operation === 'string' && /^v[12] [A-Z]+ \//.test(operation) && Object.hasOwn(schemas, operation);
}

// The declarations say nothing about refusals, but client 33.x throws away the status and hands its user the body
// alone, so a refusal must say in the body that it is one.
function faultsOfRefusal(body) {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return [{ path: '', reason: 'a refusal must be a JSON object' }];
  }
  return body.success === false ? [] : [{ path: '/success', reason: 'a refusal must say success: false' }];
}

function pointer(operation) {
  return encodeURIComponent(operation.replaceAll('~', '~0').replaceAll('/', '~1'));
}

// With `anyOf: [something, null]` a fault inside the something also yields "must be null" and "must match a schema in
// anyOf"; those two say nothing and hide the cause. A property declared twice is complained about twice.
function causes(errors) {
  const telling = errors.filter(
    ({ keyword, params }) => keyword !== 'anyOf' && !(keyword === 'type' && params.type === 'null'),
  );
  const told = telling.length ? telling : errors;
  return [...new Map(told.map((error) => [`${error.instancePath} ${error.message}`, error])).values()];
}

function fault({ instancePath, keyword, message, params }) {
  const allowed = keyword === 'enum' ? `: ${params.allowedValues.join(', ')}` : '';
  return { path: instancePath, reason: `${message}${allowed}` };
}
