// JSON with its parts told apart, in the classes that the server gives the samples. It makes elements, never markup.

const TOKEN = /"(?:[^"\\]|\\.)*"(\s*:)?|-?\d[\d.eE+-]*|true|false|null/g;

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
