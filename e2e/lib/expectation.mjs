// What a guide says that is answered, held against what was. `…` stands for whatever is there.

/** The differences between an answer and what a guide shows of it, each as a sentence. */
export function differences(expected, found, language) {
  if (language !== 'json') return text(expected.trim(), found.trim());
  let json;
  try {
    json = JSON.parse(found);
  } catch {
    return [`the answer is no JSON: ${found}`];
  }
  return [...values(JSON.parse(expected), json, '')];
}

/** A text in which `…` stands for anything, also for many lines. */
function text(expected, found) {
  const literal = (part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(`^${expected.split('…').map(literal).join('[^]*?')}$`);
  return pattern.test(found) ? [] : [`expected\n${expected}\nfound\n${found}`];
}

/** Values are equal; `"…"` is any value, a key `"…"` any further keys, a last item `"…"` any further items. */
function* values(expected, found, place) {
  if (expected === '…') return;
  if (typeof expected === 'string' && expected.includes('…') && typeof found === 'string') {
    yield* text(expected, found).map((difference) => `${place}: ${difference}`);
  } else if (Array.isArray(expected) && Array.isArray(found)) {
    const open = expected.at(-1) === '…';
    const items = open ? expected.slice(0, -1) : expected;
    if (open ? found.length < items.length : found.length !== items.length) {
      yield `${place || '/'} has ${found.length} items, the guide shows ${items.length}`;
    }
    for (const [at, item] of items.entries()) yield* values(item, found[at], `${place}/${at}`);
  } else if (isObject(expected) && isObject(found)) {
    for (const key of Object.keys(expected).filter((key) => key !== '…')) {
      if (key in found) yield* values(expected[key], found[key], `${place}/${key}`);
      else yield `${place}/${key} is missing`;
    }
    if (!('…' in expected)) {
      for (const key of Object.keys(found).filter((key) => !(key in expected))) yield `${place}/${key} is not in the guide`;
    }
  } else if (expected !== found) {
    yield `${place || '/'} is ${JSON.stringify(found)}, the guide shows ${JSON.stringify(expected)}`;
  }
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
