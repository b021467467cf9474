import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startServer } from 'parse-users-emulator/node';
import { walk } from './walk.mjs';

// What a real Parse Server answered, with the same cloud code.
const answers = JSON.parse(readFileSync(new URL('answers.json', import.meta.url), 'utf8'));

test('the emulator answers as the server does', async () => {
  const server = await startServer({
    port: 0,
    cloud: fileURLToPath(new URL('cloud/main.js', import.meta.url)),
    allowClientClassCreation: true,
  });
  try {
    const lines = await walk(server.url);
    const expected = Object.entries(answers).map(([step, answer]) => `${step}: ${answer}`);
    assert.deepEqual(lines, expected);
  } finally {
    await server.close();
  }
});
