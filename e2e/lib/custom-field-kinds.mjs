// Every kind of custom field that can be created, with a value in the forms of both versions (pipedrive-contract 5.2).
import assert from 'node:assert/strict';
import { has, hasKeys } from './expect.mjs';

const addressParts = [
  'subpremise',
  'street_number',
  'route',
  'sublocality',
  'locality',
  'admin_area_level_1',
  'admin_area_level_2',
  'country',
  'postal_code',
  'formatted_address',
];
const address = '12 Main Street, Tallinn, Estonia';

/**
 * The kinds as `[{type, options?, value(optionIds)}]`. `value` gives `{v1, v2}`: in v2 the one value that is written
 * and read; in v1 `{write, read, keys, reference}` by suffix of the field's key (`""` is the key itself).
 *
 * Client 22.x cannot write a suffix of more than one word (it puts the whole key into snake case and so breaks the
 * hash), hence no time zone is written in v1.
 */
export function customFieldKinds({ user, organization, person }) {
  return [
    same('varchar', 'Gold'),
    same('text', 'A long text\nof two lines'),
    same('varchar_auto', 'Reseller'),
    same('double', 12.75),
    same('date', '2031-05-01'),
    same('phone', '+372 5555 1234'),
    pair('monetary', { '': 1500.5, _currency: 'EUR' }, { value: 1500.5, currency: 'EUR' }),
    pair('daterange', { '': '2031-05-01', _until: '2031-05-31' }, { value: '2031-05-01', until: '2031-05-31' }),
    pair('time', { '': '10:30:00' }, { value: '10:30:00' }, ['_timezone_id']),
    pair('timerange', { '': '09:00:00', _until: '17:30:00' }, { value: '09:00:00', until: '17:30:00' }, [
      '_timezone_id',
    ]),
    pair(
      'address',
      { '': address },
      { value: address },
      addressParts.map((part) => `_${part}`),
    ),
    {
      type: 'enum',
      options: ['Small', 'Large'],
      value: ([, large]) => ({ v1: { write: { '': large }, read: { '': String(large) } }, v2: large }),
    },
    {
      type: 'set',
      options: ['Red', 'Green', 'Blue'],
      value: ([red, , blue]) => ({
        v1: { write: { '': [red, blue] }, read: { '': `${red},${blue}` } },
        v2: [red, blue],
      }),
    },
    reference('user', user),
    reference('org', organization),
    reference('people', person),
  ];
}

function same(type, value) {
  return pair(type, { '': value }, value);
}

function pair(type, first, second, keys = []) {
  return { type, value: () => ({ v1: { write: first, read: first, keys }, v2: second }) };
}

function reference(type, id) {
  return { type, value: () => ({ v1: { write: { '': id }, reference: id }, v2: id }) };
}

/** The keys that write this value on a v1 record. */
export function writtenInV1(key, { write }) {
  return Object.fromEntries(Object.entries(write).map(([suffix, value]) => [`${key}${suffix}`, value]));
}

/** The v1 record holds the value, as v1 writes it. A reference is an id or the object whose `value` is that id. */
export function holdsInV1(record, key, { read = {}, keys = [], reference: id }) {
  for (const [suffix, value] of Object.entries(read))
    assert.deepEqual(record[`${key}${suffix}`], value, `${key}${suffix}`);
  hasKeys(
    record,
    keys.map((suffix) => `${key}${suffix}`),
  );
  if (id !== undefined) assert.equal(record[key]?.value ?? record[key], id);
}

/** The value in `custom_fields` is the expected one; of an object only the expected keys matter. */
export function holdsInV2(value, expected) {
  const isObject = typeof expected === 'object' && !Array.isArray(expected);
  if (isObject) has(value, expected);
  else assert.deepEqual(value, expected);
}
