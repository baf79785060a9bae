// JSON as people read it: indented, its parts told apart in the classes that the server gives the samples. The text is
// taken as it came, never through numbers of JavaScript, which would change `4200.10`; and it makes elements, not markup.

const TOKEN = /"(?:[^"\\]|\\.)*"(\s*:)?|-?\d[\d.eE+-]*|true|false|null/g;
const PART = /"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+|[{}[\],:]/g;

/** A JSON text with a line for each value. */
export function indented(json) {
  const parts = json.match(PART) ?? [];
  let text = '';
  let depth = 0;
  const line = () => `\n${'  '.repeat(depth)}`;
  for (const [at, part] of parts.entries()) {
    const empty = /[[{]/.test(parts[at - 1] ?? '') && parts[at - 1].length === 1;
    if (part === '{' || part === '[') {
      depth += 1;
      text += part + (/^[\]}]$/.test(parts[at + 1]) ? '' : line());
    } else if (part === '}' || part === ']') {
      depth -= 1;
      text += (empty ? '' : line()) + part;
    } else {
      text += part === ',' ? part + line() : part === ':' ? ': ' : part;
    }
  }
  return text;
}

/** The nodes of a JSON text. */
export function coloured(json) {
  const nodes = [];
  let at = 0;
  for (const match of json.matchAll(TOKEN)) {
    const token = match[1] ? match[0].slice(0, -match[1].length) : match[0];
    if (match.index > at) nodes.push(json.slice(at, match.index));
    nodes.push(span(match[1] ? 'key' : token.startsWith('"') ? 'string' : 'atom', token));
    at = match.index + token.length;
  }
  nodes.push(json.slice(at));
  return nodes;
}

function span(name, text) {
  const span = document.createElement('span');
  span.className = name;
  span.textContent = text;
  return span;
}
