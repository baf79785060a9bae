// Which server the scenarios run against.

/**
 * `{url, token}` of the running server, from the environment. A scenario without a server has failed: it must never look
 * like a passed or a skipped one.
 */
export function target() {
  const url = named('PENSTOCK_URL', 'its origin, e.g. http://127.0.0.1:8080');
  const token = named('PENSTOCK_TOKEN', 'the API token of an admin');
  return { url: url.replace(/\/+$/, ''), token };
}

function named(variable, meaning) {
  const value = process.env[variable];
  if (!value) throw new Error(`${variable} is not set: the scenarios need a running server (${variable} is ${meaning})`);
  return value;
}
