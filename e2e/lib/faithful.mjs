// Client 22.x turns every answer into models of its own. Where the server sends a type that the client does not expect
// the user gets something else: an empty object instead of an id, `true` instead of "false". A faithful server is one
// whose answers come through unchanged.
import assert from 'node:assert/strict';

// What the client mangles although Pipedrive sends it so.
const excused = [
  {
    path: /\/mandatory_flag$/,
    reason: 'an object of conditions in some built-in fields, read as true (pipedrive-contract 5.1)',
  },
];

/**
 * Gives `ask(call)`: makes the call, expects success, holds what the client gives its user against what was sent, and
 * gives the answer as it was sent.
 */
export function faithful(wire) {
  return async function ask(call) {
    const given = await call();
    const sent = wire.last.body;
    assert.equal(sent?.success, true);
    assert.deepEqual(differences(sent, given, ''), [], 'the client gives its user something else than was sent');
    return sent;
  };
}

function differences(sent, given, path) {
  if (same(sent, given) || excused.some((one) => one.path.test(path))) return [];
  if (!isStructure(sent) || !isStructure(given)) {
    return [`${path}: ${JSON.stringify(sent)} is read as ${JSON.stringify(given)}`];
  }
  return Object.keys(sent).flatMap((key) => differences(sent[key], given[key], `${path}/${key}`));
}

// To the client's user null and undefined are both nothing, and a flag may be sent as 0 or 1.
function same(sent, given) {
  if (sent === null) return given === null || given === undefined;
  if (typeof given === 'boolean' && (sent === 0 || sent === 1)) return given === Boolean(sent);
  return Object.is(sent, given);
}

function isStructure(value) {
  return typeof value === 'object' && value !== null;
}
