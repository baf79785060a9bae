// JSON Schemas of the answers of client 33.x, from its `.d.ts` files, by the TypeScript compiler.
//
// Nullability: every optional property may also be null. The declarations say `won_time?: string` for what is null in
// every open deal, because the published documents they were made from leave out `nullable` nearly everywhere; a
// validator that takes them at their word refuses real answers (pipedrive-contract 13, complaint 19). A required
// property stays not null. Unknown keys are allowed everywhere: custom fields are root keys in v1.
import { join } from 'node:path';
import ts from 'typescript';
import { currentClient } from './operations.mjs';

/** `{schemaOf(version, api, method), definitions}`: a schema per client method, and the named types they refer to. */
export function typescriptSchemas() {
  const entry = join(currentClient, 'index.d.ts');
  const program = ts.createProgram([entry], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2020,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    lib: ['lib.es2020.d.ts', 'lib.dom.d.ts'],
  });
  const checker = program.getTypeChecker();
  const definitions = {};
  const named = new Map(); // definition key -> the declaration it was made from

  function schemaOf(version, api, method) {
    const file = program.getSourceFile(join(currentClient, 'versions', version, 'api.d.ts'));
    const symbol = checker.getExportsOfModule(checker.getSymbolAtLocation(file)).find((one) => one.name === api);
    if (!symbol) throw new Error(`${version} declares no ${api}`);
    const type = checker.getDeclaredTypeOfSymbol(resolved(symbol));
    const property = type.getProperty(method);
    if (!property) throw new Error(`${version} ${api} declares no ${method}`);
    const [signature] = checker.getTypeOfSymbol(property).getCallSignatures();
    const [answer] = checker.getTypeArguments(signature.getReturnType());
    return schema(answer, version);
  }

  function resolved(symbol) {
    return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  }

  function schema(type, version) {
    if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return {};
    if (type.flags & ts.TypeFlags.String) return { type: 'string' };
    if (type.flags & ts.TypeFlags.Number) return { type: 'number' };
    if (type.flags & ts.TypeFlags.Boolean) return { type: 'boolean' };
    if (type.flags & ts.TypeFlags.Null) return { type: 'null' };
    if (type.flags & ts.TypeFlags.NonPrimitive) return { type: 'object' };
    if (type.isStringLiteral() || type.isNumberLiteral()) return { enum: [type.value] };
    if (type.flags & ts.TypeFlags.BooleanLiteral) return { enum: [type.intrinsicName === 'true'] };
    const name = nameOf(type);
    return name ? reference(type, name, version) : structure(type, version);
  }

  // Only what the client itself declares is named; `Array` and the like are structure.
  function nameOf(type) {
    const symbol = type.aliasSymbol ?? type.symbol;
    if (!symbol || symbol.name.startsWith('__')) return null;
    const own = symbol.declarations?.some((one) => one.getSourceFile().fileName.startsWith(currentClient));
    return own ? symbol.name : null;
  }

  function reference(type, name, version) {
    const key = `${version}.${name}`;
    const [declaration] = (type.aliasSymbol ?? type.symbol).declarations;
    if (named.has(key) && named.get(key) !== declaration) throw new Error(`two types are called ${key}`);
    if (!named.has(key)) {
      named.set(key, declaration);
      definitions[key] = {}; // taken before its content is made, because types refer to themselves
      Object.assign(definitions[key], structure(type, version));
    }
    return { $ref: `#/$defs/${key}` };
  }

  function structure(type, version) {
    if (type.isUnion()) return union(type.types, version);
    if (type.isIntersection()) return { allOf: type.types.map((part) => schema(part, version)) };
    if (checker.isArrayType(type)) {
      return { type: 'array', items: schema(checker.getTypeArguments(type)[0], version) };
    }
    if (type.symbol?.name === 'Set') {
      // a list in JSON
      return { type: 'array', items: schema(checker.getTypeArguments(type)[0], version) };
    }
    if (type.flags & ts.TypeFlags.Object) return object(type, version);
    throw new Error(`not understood: ${checker.typeToString(type)}`);
  }

  function union(types, version) {
    const parts = types.filter((one) => !(one.flags & ts.TypeFlags.Undefined)).map((one) => schema(one, version));
    return joined(parts);
  }

  function object(type, version) {
    const made = { type: 'object', properties: {} };
    const required = [];
    for (const property of checker.getPropertiesOfType(type)) {
      const optional = Boolean(property.flags & ts.SymbolFlags.Optional);
      const content = schema(checker.getTypeOfSymbol(property), version);
      made.properties[property.name] = optional ? nullable(content) : content;
      if (!optional) required.push(property.name);
    }
    if (required.length) made.required = required;
    const values = checker.getIndexInfoOfType(type, ts.IndexKind.String);
    if (values) made.additionalProperties = schema(values.type, version);
    return made;
  }

  return { schemaOf, definitions };
}

/** The schema that also accepts null. */
export function nullable(schema) {
  if (!Object.keys(schema).length) return schema;
  return joined([...(schema.anyOf ?? [schema]), { type: 'null' }]);
}

// One schema of several: literals become one enum, plain types one list of types, the rest an `anyOf`.
function joined(parts) {
  if (parts.some((one) => !Object.keys(one).length)) return {};
  const literals = parts.filter((one) => one.enum).flatMap((one) => one.enum);
  const plain = [...new Set(parts.filter(isPlain).flatMap((one) => one.type))];
  const rest = parts.filter((one) => !one.enum && !isPlain(one));
  if (literals.includes(true) && literals.includes(false)) plain.push('boolean');
  const values = literals.filter((one) => !(typeof one === 'boolean' && plain.includes('boolean')));
  if (values.length && plain.includes('null') && plain.length === 1) {
    plain.length = 0;
    values.push(null);
  }
  const made = [...rest];
  if (values.length) made.push({ enum: [...new Set(values)] });
  if (plain.length) made.push({ type: plain.length === 1 ? plain[0] : plain });
  return made.length === 1 ? made[0] : { anyOf: made };
}

function isPlain(schema) {
  return Object.keys(schema).length === 1 && 'type' in schema && schema.type !== 'object';
}
