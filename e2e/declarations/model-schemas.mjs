// JSON Schemas of the answers of client 22.x, which has no `.d.ts` but states the type of every key in the generated
// `constructFromObject` of each model. Only the forms below are understood and any other is an error, so what is
// derived is what that client will do to an answer: where the server sends another type, its user sees it mangled.
//
// Two liberties: as in 33.x every key may be absent or null; and where a model lists several parents, all keys are
// taken together and the first statement about a key counts, because the client deletes a key once it has read it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { formerClient, importedModels } from './operations.mjs';
import { nullable } from './typescript-schemas.mjs';

const require = createRequire(import.meta.url);

const primitive = {
  Boolean: { type: 'boolean' },
  Number: { type: 'number' },
  String: { type: 'string' },
  Date: { type: 'string' },
};

/** `{schemaOf(model), definitions}`: a schema per model of client 22.x. */
export function modelSchemas() {
  const definitions = {};

  function schemaOf(model) {
    const key = `v1.22.${model}`;
    if (!(key in definitions)) {
      definitions[key] = {}; // taken before its content is made, because models refer to themselves
      Object.assign(definitions[key], content(model));
    }
    return { $ref: `#/$defs/${key}` };
  }

  function content(model) {
    const text = source(model);
    if (/^\* @enum/m.test(text)) return { enum: enumeration(model) };
    const body = constructor(text, model);
    if (body === 'return data;') return {}; // "any of": the client hands the answer on as it is
    return { type: 'object', properties: properties(model, text, body) };
  }

  function properties(model, text, body) {
    const made = {};
    for (const step of steps(body, model)) {
      const found = step.parent
        ? properties(step.parent, source(step.parent), constructor(source(step.parent), step.parent))
        : { [step.key]: nullable(inlineEnumeration(model, text, step.key) ?? typeOf(step.type, model)) };
      for (const [key, schema] of Object.entries(found)) made[key] ??= schema;
    }
    return made;
  }

  function typeOf(expression, model) {
    if (expression === 'Object') return {};
    const name = /^'(\w+)'$/.exec(expression)?.[1];
    if (name && primitive[name]) return primitive[name];
    const other = modelOf(expression, model);
    if (other) return schemaOf(other);
    const list = /^\[(.+)\]$/.exec(expression)?.[1];
    if (list) return { type: 'array', items: typeOf(list, model) };
    const map = /^\{\s*'String': (.+?)\s*\}$/.exec(expression)?.[1];
    if (map) return { type: 'object', additionalProperties: typeOf(map, model) };
    throw new Error(`${model}: the type ${expression} is not understood`);
  }

  return { schemaOf, definitions };
}

function source(model) {
  return readFileSync(join(formerClient, 'model', `${model}.js`), 'utf8');
}

function load(model) {
  return require(join(formerClient, 'model', `${model}.js`)).default;
}

// `_GetDeals["default"]`: the model that this variable holds in the file of `model`.
function modelOf(expression, model) {
  const variable = /^(\w+)\["default"\]$/.exec(expression)?.[1];
  return variable && importedModels(source(model)).get(variable);
}

// The statements of `constructFromObject(data, obj)`.
function constructor(text, model) {
  const body = /value: function constructFromObject\(data, obj\) \{\n([\s\S]*?)\n {4}\}/.exec(text)?.[1];
  if (!body) throw new Error(`${model} has no constructFromObject`);
  return body.trim();
}

function steps(body, model) {
  const known = [
    /^if \(data\) \{/,
    /^obj = obj \|\| new \w+\(\);/,
    /^if \(Object\.keys\(data\)\.length > 0\) \{\s+Object\.assign\(obj, data\);\s+\}/,
    /^\}\s+return obj;/,
  ];
  const parent = /^(\w+\["default"\])\.constructFromObject\(data, obj\);/;
  const own = /^if \(data\.hasOwnProperty\('([^']+)'\)\) \{\s+obj\['\1'\] = ([\s\S]+?);\s+delete data\['\1'\];\s+\}/;
  const found = [];
  for (let rest = body; rest;) {
    const skipped = known.map((form) => form.exec(rest)).find(Boolean);
    const inherited = parent.exec(rest);
    const stated = own.exec(rest);
    if (inherited) found.push({ parent: modelOf(inherited[1], model) });
    if (stated) found.push({ key: stated[1], type: statedType(stated[2], stated[1], model) });
    const matched = skipped ?? inherited ?? stated;
    if (!matched) throw new Error(`${model}: not understood: ${rest.slice(0, 120)}`);
    rest = rest.slice(matched[0].length).trimStart();
  }
  return found;
}

// `_ApiClient["default"].convertToType(data['id'], 'Number')` or `_User["default"].constructFromObject(data['user'])`
function statedType(expression, key, model) {
  const converted = /^_ApiClient\["default"\]\.convertToType\(data\['[^']+'\], ([\s\S]+)\)$/.exec(expression)?.[1];
  if (converted) return converted;
  const built = /^(_\w+\["default"\])\.constructFromObject\(data\['[^']+'\]\)$/.exec(expression)?.[1];
  if (built) return built;
  throw new Error(`${model}: how ${key} is read is not understood`);
}

// An enumeration is a class of its own, whose instance holds the values ...
function enumeration(model) {
  return Object.values(new (load(model))());
}

// ... or a static member of the model, named in the comment on the key.
function inlineEnumeration(model, text, key) {
  const doc = new RegExp(`@member \\{(Array\\.<)?module:model/${model}\\.(\\w+Enum)\\}? ${escaped(key)}$`, 'm').exec(
    text,
  );
  if (!doc) return null;
  if (doc[1]) throw new Error(`${model}: ${key} is a list of an enumeration`);
  return { enum: Object.values(load(model)[doc[2]]) };
}

function escaped(text) {
  return text.replace(/[^\w]/g, '\\$&');
}
