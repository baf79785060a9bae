// A scenario is run chapter by chapter against one server; chapters hand each other the records they have made.
import { randomBytes } from 'node:crypto';
import { target } from './target.mjs';
import { Wire } from './wire.mjs';

/** What the chapters of one run share: the clients, the wire and the records made so far. */
export class Scenario {
  #records = new Map();

  /** `clientsOf` makes the clients of a target, e.g. `currentClients`. */
  constructor(clientsOf) {
    this.target = target();
    this.wire = new Wire();
    this.clients = clientsOf(this.target, this.wire);
    this.clientsWithToken = (token) => clientsOf({ ...this.target, token }, this.wire);
    /** Letters and digits that no other run uses, so that a scenario can be run twice against the same server. */
    this.run = randomBytes(4).toString('hex');
  }

  /** A name that only this run gives. */
  named(name) {
    return `${name} ${this.run}`;
  }

  /** Hands a record to later chapters; gives it back. */
  keep(name, record) {
    this.#records.set(name, record);
    return record;
  }

  /** The record that an earlier chapter made. */
  the(name) {
    if (!this.#records.has(name)) throw new Error(`there is no ${name}: the chapter that makes it has failed`);
    return this.#records.get(name);
  }
}

/**
 * Tells all chapters in order, each a subtest. A chapter is a function `(scenario, step)`; `step(sentence, act)` is a
 * subtest of it. A chapter that fails does not silence the ones after it.
 */
export async function tell(t, clientsOf, chapters) {
  const scenario = new Scenario(clientsOf);
  for (const [title, chapter] of Object.entries(chapters)) {
    await t.test(title, (inner) => chapter(scenario, (sentence, act) => inner.test(sentence, act)));
  }
}
