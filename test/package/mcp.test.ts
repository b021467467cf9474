import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer } from '../../src/node/index.ts';
import { type Consumer, installPackage } from '../support/consumer.ts';
import { freshEnvironment, runToTheEnd } from '../support/workspace.ts';

let consumer: Consumer;

beforeAll(async () => {
  consumer = await installPackage();
});

afterAll(() => consumer?.[Symbol.asyncDispose]());

const commandOf = ({ installed }: Consumer): string => join(installed, 'bin/parse-users-emulator.js');

/** An agent beside the command, over standard input and output. */
const meet = async (...flags: string[]): Promise<Client> => {
  const client = new Client({ name: 'agent', version: '1' });
  const args = [commandOf(consumer), 'mcp', ...flags];
  await client.connect(new StdioClientTransport({ command: process.execPath, args, cwd: consumer.folder }));
  return client;
};

const ask = async (client: Client, name: string, given: Record<string, unknown> = {}): Promise<unknown> => {
  const { content } = (await client.callTool({ name, arguments: given })) as { content: { text: string }[] };
  return JSON.parse(content[0]?.text ?? '');
};

it('an agent works on an emulator of its own, whose mail does not get between its words', async () => {
  const client = await meet('--seed', 'demo', '--verify-user-emails');
  const { url } = (await ask(client, 'about')) as { url: string };
  expect((await fetch(`${url}/parse/health`)).status).toBe(200);
  expect(await ask(client, 'graphql', { query: '{ viewer { user { username } } }', as: 'johndoe' })).toMatchObject({
    body: { data: { viewer: { user: { username: 'johndoe' } } } },
  });
  await ask(client, 'graphql', {
    query:
      'mutation { signUp(input: { fields: { username: "ann", password: "secret", email: "ann@example.com" } }) { viewer { sessionToken } } }',
  });
  expect(await ask(client, 'inbox', { to: 'ann@example.com' })).toHaveLength(1);
  await client.close();
  await expect(fetch(url)).rejects.toThrow(); // it ends with the agent
});

it('an agent works on an emulator that runs', async () => {
  await using server = await startServer({ port: 0, bcryptRounds: 4, masterKey: 'MINE' });
  const client = await meet('--url', server.url, '--master-key', 'MINE');
  await ask(client, 'create_user', { username: 'ann' });
  expect(await server.emulator.users.find('ann')).toMatchObject({ username: 'ann' });
  expect(await ask(client, 'graphql', { query: '{ users { count } }', asMaster: true })).toMatchObject({ status: 200 });
  await client.close();
  expect((await fetch(`${server.url}/parse/health`)).status).toBe(200);
});

it.each([
  [['--url', 'http://127.0.0.1:1', '--db', 'users.json'], '--db says nothing to it'],
  [['--url', 'nowhere'], 'is not an address'],
  [['--url', 'http://127.0.0.1:1'], 'Failed to reach the emulator at http://127.0.0.1:1'],
])('says what is wrong with %j', async (flags, message) => {
  const args = [commandOf(consumer), 'mcp', ...flags];
  await expect(runToTheEnd(process.execPath, args, { cwd: consumer.folder })).rejects.toThrow(message);
});

it('says how to install the SDK where it is missing, in one line', async () => {
  await rm(join(consumer.folder, 'node_modules/@modelcontextprotocol'), { recursive: true });
  const run = runToTheEnd(process.execPath, [commandOf(consumer), 'mcp'], {
    cwd: consumer.folder,
    env: freshEnvironment(),
  });
  await expect(run).rejects.toThrow(
    /:\nFailed to start: mcp .* Run npm install --save-dev @modelcontextprotocol\/sdk\n$/,
  );
});
