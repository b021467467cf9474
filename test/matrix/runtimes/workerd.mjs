/** Asks workers that were built to the files named, in workerd. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { Miniflare } from 'miniflare';

const start = async (path) => {
  const contents = await readFile(path, 'utf8');
  return new Miniflare({ modules: [{ type: 'ESModule', path, contents }], compatibilityDate: '2026-05-01' });
};

const worker = await start('worker.js');
const response = await worker.dispatchFetch('http://localhost/graphql', {
  method: 'POST',
  headers: { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' },
  body: JSON.stringify({
    query: 'mutation { logIn(input: { username: "ann", password: "secret" }) { viewer { user { username } } } }',
  }),
});
assert.deepEqual(await response.json(), { data: { logIn: { viewer: { user: { username: 'ann' } } } } });
await worker.dispose();

const early = await start('worker-early.js');
await assert.rejects(early.ready);
console.log('answers');
process.exit();
