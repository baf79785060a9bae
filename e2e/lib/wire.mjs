// What went over the wire. The official clients hide it: 33.x throws away the status, 22.x turns every answer into its
// own models and so mends or mangles types. Assertions about status and exact JSON types read the last answer here.
import { appendFileSync } from 'node:fs';
import { operationNamer } from './operation-names.mjs';

/** The last answer, and, with PENSTOCK_RECORD set, a file of all answers for `declarations/check.mjs`. */
export class Wire {
  /** `{method, url, status, type, body}` of the last answer; the body parsed when it is JSON. */
  last = null;

  #nameOf = null;

  constructor(recordPath = process.env.PENSTOCK_RECORD) {
    this.recordPath = recordPath;
  }

  /** Listens to an API object of client 33.x. */
  listenToAxios(api) {
    const wire = this;
    const parsing = [api.axios.defaults.transformResponse ?? []].flat();
    api.axios.defaults.transformResponse = [
      function note(text, headers, status) {
        wire.note({ method: this.method, url: this.url, status, type: headers['content-type'], text });
        return text;
      },
      ...parsing,
    ];
    return api;
  }

  /** Listens to an `ApiClient` of client 22.x. */
  listenToSuperagent(client) {
    const listen = (request) =>
      request.on('response', (response) =>
        this.note({
          method: request.method,
          url: request.url,
          status: response.status,
          type: response.headers['content-type'],
          text: response.text,
        }),
      );
    client.plugins = [...(client.plugins ?? []), listen];
    return client;
  }

  note({ method, url, status, type, text }) {
    this.last = { method: method.toUpperCase(), url, status, type: type ?? '', body: parsed(text) };
    if (this.recordPath) this.record(this.last);
  }

  record({ method, url, status, body }) {
    this.#nameOf ??= operationNamer();
    appendFileSync(this.recordPath, `${JSON.stringify({ operation: this.#nameOf(method, url), status, body })}\n`);
  }
}

function parsed(text) {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
