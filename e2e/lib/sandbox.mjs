// The demo company as it was made: what a test of exact answers begins with.
import assert from 'node:assert/strict';

/** Puts the demo company back to its seed. The server must be a demo: nobody else's records are ever touched. */
export async function reset({ url, token }) {
  const answer = await fetch(`${url}/v1/sandbox/reset`, { method: 'POST', headers: { 'x-api-token': token } });
  const body = await answer.text();
  assert.equal(answer.status, 200, `${url} is no demo (penstock serve --demo): ${answer.status} ${body}`);
}
