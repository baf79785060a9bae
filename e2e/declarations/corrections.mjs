// Where the clients' declarations are known to be wrong, and what is true instead. A correction that no longer finds
// what it corrects is an error, so the list cannot outlive its reasons. What the declarations get wrong everywhere, the
// nullability, is corrected where the schemas are made (`typescript-schemas.mjs`).

const nothing = { type: 'null' };
const fieldTypes = [
  'boolean',
  'double',
  'int',
  'json',
  'date',
  'daterange',
  'time',
  'timerange',
  'text',
  'varchar',
  'varchar_auto',
  'varchar_options',
  'address',
  'enum',
  'monetary',
  'phone',
  'set',
  'activity',
  'deal',
  'lead',
  'org',
  'people',
  'pipeline',
  'product',
  'project',
  'stage',
  'user',
  'billing_frequency',
  'picture',
  'price_list',
  'projects_board',
  'projects_phase',
  'status',
  'visible_to',
];

/** `[{definitions, property, schema? | optional?, reason}]`, for every definition whose name fits. */
export const corrections = [
  {
    definitions: /^v1\.(22\.)?\w*Field/,
    property: 'field_type',
    schema: { enum: [...fieldTypes, null] },
    reason: 'the enumeration of creatable types is declared for built-in fields as well (pipedrive-contract 5.2)',
  },
  {
    definitions: /^v1\.(22\.)?\w*Field/,
    property: 'mandatory_flag',
    schema: { type: ['boolean', 'object', 'null'] },
    reason: 'some built-in fields have an object of conditions, e.g. {"status":"=won"} (pipedrive-contract 5.1)',
  },
  {
    definitions: /^v1\./,
    property: 'has_pic',
    schema: { enum: [true, false, 0, 1, null] },
    reason: 'declared a boolean here and a number there; both are sent (pipedrive-contract 3.0)',
  },
  {
    definitions: /^v1\.(GetFilter\w*|Filter)$/,
    property: 'visible_to',
    schema: { enum: [1, 3, 5, 7, '1', '3', '5', '7', null] },
    reason: 'a number in every published example, declared a string (pipedrive-contract 3.10)',
  },
  {
    definitions: /^v1\.FilterConditionsConditionsInner$/,
    property: 'conditions',
    schema: { anyOf: [{ type: 'array', items: { type: ['object', 'null'] } }, nothing] },
    reason: 'an empty group reads back as [] or [null] (pipedrive-contract 6)',
  },
  {
    definitions: /^v1\.ActivityType$/,
    property: 'color',
    schema: { type: ['string', 'null'] },
    reason: 'declared required and a text; null in types without a colour (pipedrive-contract 3.10)',
  },
  {
    definitions: /^v1\.Lead$/,
    property: 'source_deal_id',
    optional: true,
    reason: 'declared required, absent from every published example',
  },
  {
    definitions: /^v1\.RecentsDataInner$/,
    property: 'item',
    schema: {
      enum: [
        'activity',
        'activityType',
        'deal',
        'file',
        'filter',
        'note',
        'person',
        'organization',
        'pipeline',
        'product',
        'stage',
        'user',
        null,
      ],
    },
    reason: 'of the twelve kinds of item only the last one is declared (pipedrive-contract 8)',
  },
  {
    definitions: /^v1\.RecentsDataInner$/,
    property: 'data',
    schema: {},
    reason: 'depends on the kind of item: a record, a list of one user, or null (pipedrive-contract 8)',
  },
  {
    definitions: /^v1\.DealParticipantItem$/,
    property: 'added_by_user_id',
    schema: { type: ['object', 'null'] },
    reason: 'declared a whole answer about a user; it is a reference (pipedrive-contract 3.11, 13.4)',
  },
];

/** Corrects the definitions in place. */
export function correct(definitions) {
  for (const correction of corrections) apply(correction, definitions);
  emptyListsMayBeNull(definitions);
}

function apply({ definitions: pattern, property, schema, optional, reason }, definitions) {
  const wrong = Object.entries(definitions).filter(
    ([name, one]) => pattern.test(name) && one.properties && property in one.properties,
  );
  if (!wrong.length) throw new Error(`nothing to correct in ${property} of ${pattern}: ${reason}`);
  for (const [, definition] of wrong) {
    if (schema) definition.properties[property] = schema;
    if (optional) definition.required = definition.required.filter((key) => key !== property);
  }
}

// "Empty v1 list: `data` is null, not []" (pipedrive-contract 2.1), declared a required list in some answers.
function emptyListsMayBeNull(definitions) {
  const lists = Object.entries(definitions).filter(
    ([name, one]) => name.startsWith('v1.') && one.properties?.data?.type === 'array',
  );
  if (!lists.length) throw new Error('no v1 list is declared as one that cannot be null');
  for (const [, { properties }] of lists) properties.data = { anyOf: [properties.data, nothing] };
}
