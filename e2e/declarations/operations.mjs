// Which operation each method of the official clients performs: HTTP method, path template and, for 22.x, the model
// of the answer. It is read off the clients' own generated JavaScript, so it cannot drift from what they send.
// A form that is not understood is an error, never a gap.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const require = createRequire(import.meta.url);

/** The `dist` directory of client 33.x. */
export const currentClient = dirname(require.resolve('pipedrive'));

/** The `dist` directory of client 22.x, the last one with the whole of v1. */
export const formerClient = dirname(require.resolve('pipedrive22'));

/** `"v2 GET /deals/{id}"`: how an operation is named in the schemas and in recorded answers. */
export function operationName({ version, method, path }) {
  return `${version} ${method} ${path}`;
}

/** Operations of client 33.x: `[{version, method, path, api: "DealsApi", name: "getDeal"}]`, v1 and v2. */
export function currentOperations() {
  return ['v1', 'v2'].flatMap((version) => {
    const folder = join(currentClient, 'versions', version, 'api');
    return sources(folder, '-api.js').flatMap((text) => requestCreators(text, version));
  });
}

/** Operations of client 22.x: `[{version: "v1", method, path, model: "GetDeals"}]`; no model where it declares none. */
export function formerOperations() {
  return sources(join(formerClient, 'api'), 'Api.js').flatMap(calls);
}

function sources(folder, suffix) {
  return readdirSync(folder)
    .filter((file) => file.endsWith(suffix))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8'));
}

// Client 33.x: `XApiAxiosParamCreator` is a function that returns an object of one request creator per method.
function requestCreators(text, version) {
  const file = ts.createSourceFile('api.js', text, ts.ScriptTarget.ES2020, true, ts.ScriptKind.JS);
  const found = [];
  const visit = (node) => {
    if (ts.isVariableDeclaration(node) && node.name.getText().endsWith('ApiAxiosParamCreator')) {
      const api = node.name.getText().replace('AxiosParamCreator', '');
      for (const property of returnedObject(node.initializer).properties) {
        found.push({ version, api, name: property.name.getText(), ...request(property) });
      }
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  if (!found.length) throw new Error('a file of the client holds no request creators');
  return found;
}

function returnedObject(creator) {
  const statement = creator.body.statements.find(ts.isReturnStatement);
  if (!statement || !ts.isObjectLiteralExpression(statement.expression)) throw new Error('no object is returned');
  return statement.expression;
}

function request(property) {
  let path;
  let method;
  const visit = (node) => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === 'localVarPath') path = template(node.initializer);
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'method') method = node.initializer.text;
    ts.forEachChild(node, visit);
  };
  visit(property);
  if (!path || !method) throw new Error(`${property.name.getText()} names no path or no method`);
  return { method, path };
}

// `/deals/{id}`.replace(...).replace(...): the template is the innermost expression.
function template(expression) {
  while (ts.isCallExpression(expression)) expression = expression.expression.expression;
  return expression.text;
}

// Client 22.x: a method ends in `var returnType = M["default"]; return this.apiClient.callApi('/deals', 'GET', ...)`.
function calls(text) {
  const imported = importedModels(text);
  const form = /var returnType = ([^;]+);\s+return this\.apiClient\.callApi\('([^']+)', '([A-Z]+)'/g;
  const found = [...text.matchAll(form)].map(([, type, path, method]) => {
    const variable = /^(\w+)\["default"\]$/.exec(type)?.[1];
    if (variable && !imported.has(variable)) throw new Error(`${method} ${path} answers with an unknown ${variable}`);
    return { version: 'v1', method, path, model: variable ? imported.get(variable) : null };
  });
  const count = text.split('this.apiClient.callApi(').length - 1;
  if (found.length !== count) throw new Error(`${count - found.length} calls of the former client are not understood`);
  return found;
}

/** `_GetDeals` -> `GetDeals`: the models that a file of client 22.x imports, by the variable that holds them. */
export function importedModels(text) {
  const form = /var (\w+) = _interopRequireDefault\(require\("\.\.?\/(?:model\/)?(\w+)"\)\);/g;
  return new Map([...text.matchAll(form)].map(([, variable, model]) => [variable, model]));
}
