// What users of the official clients rely on in every answer.
import assert from 'node:assert/strict';

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/;
const spaced = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A positive whole number, as all ids but those of leads, labels and comments are. */
export function isId(value, what = 'the id') {
  assert.ok(Number.isInteger(value) && value > 0, `${what} is ${JSON.stringify(value)}, not a positive whole number`);
}

/** A UUID in lower case, as the ids of leads, lead labels, comments and conversions are. */
export function isUuid(value, what = 'the id') {
  assert.match(value, uuid, `${what} is no UUID`);
}

/** `2024-01-01T00:00:00Z`, with or without milliseconds. */
export function isRfc3339(value, what = 'the time') {
  assert.match(String(value), rfc3339, `${what} is not RFC 3339 in UTC`);
}

/** `2024-01-01 00:00:00`, UTC: the times of v1. */
export function isSpacedTime(value, what = 'the time') {
  assert.match(String(value), spaced, `${what} is not YYYY-MM-DD HH:MM:SS`);
}

/** A text that is not empty. */
export function isText(value, what = 'the text') {
  assert.ok(typeof value === 'string' && value.length > 0, `${what} is ${JSON.stringify(value)}, not a text`);
}

/** The record has these values under these keys; other keys do not matter. */
export function has(record, expected) {
  assert.ok(record && typeof record === 'object', `there is no record but ${JSON.stringify(record)}`);
  const actual = Object.fromEntries(Object.keys(expected).map((key) => [key, record[key]]));
  assert.deepEqual(actual, expected);
}

/** Every one of the keys is there, whatever its value. */
export function hasKeys(record, keys) {
  const missing = keys.filter((key) => !Object.hasOwn(record, key));
  assert.deepEqual(missing, [], `keys are missing: ${missing.join(', ')}`);
}

/** The same ids in the same order. */
export function areThese(records, expected) {
  assert.deepEqual(
    records.map((one) => one.id),
    expected.map((one) => one.id ?? one),
  );
}

/** Every record once, in any order. */
export function areTheseOnce(records, expected) {
  const order = (ids) => [...ids].sort((a, b) => (a < b ? -1 : 1));
  assert.deepEqual(order(records.map((one) => one.id)), order(expected.map((one) => one.id ?? one)));
}

/**
 * The body of the answer to a call that the server must refuse with this status. Every refusal is JSON that says
 * `success: false` and why, because client 33.x gives its user nothing else (pipedrive-contract 0.1).
 */
export async function refusal(wire, status, call) {
  wire.last = null;
  await assert.rejects(call, undefined, 'the server did not refuse');
  assert.ok(wire.last, 'the server did not answer');
  assert.equal(wire.last.status, status);
  assert.match(wire.last.type, /^application\/json/);
  assert.equal(wire.last.body.success, false);
  isText(wire.last.body.error, 'the error');
  return wire.last.body;
}
