import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { main } from '../../../src/node/command/cli.ts';
import { startServer } from '../../../src/node/server/serve.ts';
import { newFolder } from '../../support/folder.ts';

const run = async (argv: readonly string[]) => {
  const [out, errors]: [string[], string[]] = [[], []];
  const code = await main(argv, {
    print: (text) => out.push(text),
    warn: (text) => errors.push(text),
    untilStopped: () => new Promise(() => undefined),
    environment: {},
  });
  return { code, out: out.join('\n'), errors: errors.join('\n') };
};

/** A test as an application has one: it signs up, comes back and reads itself. */
const SCRIPT = `
const headers = { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' };
const ask = async (url, init) => (await fetch(url, init)).json();
const rest = process.env.PARSE_SERVER_URL;
const made = await ask(rest + '/users', { method: 'POST', headers, body: JSON.stringify({ username: 'ann', password: 'secret' }) });
const mine = { ...headers, 'X-Parse-Session-Token': made.sessionToken };
const query = 'query Me { viewer { user { objectId username } } }';
const me = await ask(process.env.PARSE_GRAPHQL_URL, { method: 'POST', headers: mine, body: JSON.stringify({ query, operationName: 'Me' }) });
if (me.data.viewer.user.objectId !== made.objectId) process.exit(3);
await ask(rest + '/users/' + made.objectId, { headers: mine });
await ask(rest + '/schemas/_User', { headers: { ...headers, 'X-Parse-Master-Key': 'MASTER_KEY' } });
`;

it('keeps what a command asked a real server, which the emulator then answers alike', async () => {
  const server = await startServer({ port: 0, bcryptRounds: 4, legacyForms: false });
  onTestFinished(() => server.close());
  const folder = await newFolder();
  const [script, recording] = [join(folder, 'test.mjs'), join(folder, 'recording.ndjson')];
  await writeFile(script, SCRIPT);
  const recorded = await run(['record', '--forward', server.url, '--out', recording, '--', process.execPath, script]);
  expect(recorded).toMatchObject({ code: 0, errors: '' });
  expect(recorded.out).toContain('4 requests, without keys and tokens');
  const text = await readFile(recording, 'utf8');
  expect(text).not.toContain('MASTER_KEY');
  for (const { sessionToken } of server.emulator.snapshot()['_Session'] ?? []) expect(text).not.toContain(sessionToken);

  const same = await run(['verify', '--recording', recording]);
  expect(same).toMatchObject({
    code: 0,
    out: expect.stringContaining('4 steps with Parse Server as recorded: 4 the same, 0 differ.'),
  });
  await writeFile(recording, text.replaceAll('\\"username\\":\\"ann\\"}}}', '\\"username\\":\\"bob\\"}}}'));
  const other = await run(['verify', '--recording', recording]);
  expect(other.code).toBe(1);
  expect(other.out).toContain(
    '2: POST /graphql Me\n  at body.data.viewer.user.username\n    server:   "bob"\n    emulator: "ann"',
  );
});

it('ends as the command does, and says what is missing', async () => {
  const server = await startServer({ port: 0 });
  onTestFinished(() => server.close());
  const out = join(await newFolder(), 'recording.ndjson');
  expect(
    await run(['record', '--forward', server.url, '--out', out, '--', process.execPath, '-e', 'process.exit(4)']),
  ).toMatchObject({ code: 4 });
  expect((await run(['record', '--', 'x'])).errors).toContain('--forward is missing');
  expect((await run(['record', '--forward', server.url])).errors).toContain(
    'record needs a command behind --, such as: record -- npm test',
  );
  await writeFile(out, 'nonsense\n');
  expect((await run(['verify', '--recording', out])).errors).toBe(
    `Failed to read ${out}: line 1 is no recorded request`,
  );
});
