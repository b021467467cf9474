import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../src/client/index.ts';
import { type EmulatorServer, startServer } from '../../../src/node/index.ts';
import { loadSdk, serveTools } from '../../../src/node/mcp/server.ts';

let server: EmulatorServer;
let client: Client;
let end: () => Promise<void>;

beforeAll(async () => {
  server = await startServer({
    port: 0,
    bcryptRounds: 4,
    verifyUserEmails: true,
    masterKey: 'MINE',
    explain: true,
    seed: { _User: [{ username: 'johndoe', password: 'secret', email: 'john@example.com' }] },
  });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  const subject = { emulator: connect(server.url), masterKey: 'MINE' };
  const { close } = await serveTools(loadSdk(), '1.2.3', subject, ours);
  client = new Client({ name: 'agent', version: '1' });
  await client.connect(theirs);
  end = async () => {
    await client.close();
    await close();
    await server.close();
  };
});

afterEach(() => server.emulator.reset());
afterAll(() => end());

const textOf = (content: unknown): string => {
  const [first] = content as { text: string }[];
  return first?.text ?? '';
};

const call = async (name: string, given: Record<string, unknown> = {}): Promise<unknown> => {
  const { content, isError } = await client.callTool({ name, arguments: given });
  const text = textOf(content);
  if (isError) throw new Error(text);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const SIGN_UP =
  'mutation ($name: String!) { signUp(input: { fields: { username: $name, password: "secret", email: "ann@example.com" } }) { viewer { user { username } } } }';
const VIEWER = '{ viewer { user { username } } }';

describe('an agent', () => {
  it('learns what there is, with a schema for every argument', async () => {
    expect(client.getServerVersion()).toMatchObject({ name: 'parse-users-emulator', version: '1.2.3' });
    expect(client.getInstructions()).toContain('Parse Server');
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'about',
      'graphql',
      'list_users',
      'find_user',
      'create_user',
      'verify_email',
      'log_in_as',
      'inbox',
      'requests',
      'add_fault',
      'list_faults',
      'clear_faults',
      'clock',
      'seed',
      'reset',
    ]);
    for (const { description, inputSchema } of tools) {
      expect(description).toMatch(/\.$/);
      for (const argument of Object.values(inputSchema.properties ?? {}))
        expect(argument).toMatchObject({ type: expect.any(String), description: expect.any(String) });
    }
    expect(await call('about')).toMatchObject({
      url: server.url,
      graphQLURL: `${server.url}/graphql`,
      headers: { 'X-Parse-Application-Id': 'APPLICATION_ID' },
    });
  });

  it('makes, finds and lists users, and never sees a hash', async () => {
    expect(await call('create_user', { username: 'ann', email: 'ann@example.com', age: 7 })).toMatchObject({ age: 7 });
    expect(await call('find_user', { username: 'ann' })).toMatchObject({ emailVerified: false });
    await call('verify_email', { username: 'ann' });
    expect(await call('find_user', { username: 'ann' })).toMatchObject({ emailVerified: true });
    expect(await call('find_user', { username: 'nobody' })).toBe(null);
    const users = await call('list_users');
    expect(users).toMatchObject([{ username: 'johndoe' }, { username: 'ann' }]);
    expect(JSON.stringify(users)).not.toMatch(/password|token|\$2/i);
  });

  it('logs in as anybody, and asks GraphQL as them, as the master or as a stranger', async () => {
    const headers = (await call('log_in_as', { username: 'johndoe' })) as Record<string, string>;
    const asked = await fetch(`${server.url}/parse/users/me`, { headers });
    expect(await asked.json()).toMatchObject({ username: 'johndoe' });
    expect(await call('graphql', { query: VIEWER, as: 'johndoe' })).toEqual({
      status: 200,
      body: { data: { viewer: { user: { username: 'johndoe' } } } },
    });
    expect(await call('graphql', { query: VIEWER })).toMatchObject({
      body: { errors: [{ extensions: { code: 209 } }] },
    });
    const users = '{ users { edges { node { email } } } }';
    expect(await call('graphql', { query: users, asMaster: true })).toMatchObject({
      body: { data: { users: { edges: [{ node: { email: 'john@example.com' } }] } } },
    });
  });

  it('reads the inbox, at once or when a mail has come', async () => {
    const waiting = call('inbox', { to: 'ann@example.com', kind: 'verifyEmail', waitMilliseconds: 60_000 });
    expect(await call('graphql', { query: SIGN_UP, variables: { name: 'ann' } })).toMatchObject({ status: 200 });
    expect(await waiting).toMatchObject({ to: 'ann@example.com', link: expect.stringContaining('verify_email') });
    expect(await call('inbox')).toHaveLength(1);
    expect(await call('inbox', { kind: 'resetPassword' })).toEqual([]);
  });

  it('sees why a request was refused', async () => {
    await call('graphql', { query: VIEWER, as: 'johndoe' });
    await call('graphql', {
      query: 'mutation { logIn(input: { username: "johndoe", password: "wrong" }) { viewer { sessionToken } } }',
    });
    expect(await call('requests', { onlyRefused: true })).toMatchObject([
      { operation: 'logIn', code: 101, cause: expect.stringContaining('password') },
    ]);
    expect(await call('requests', { operation: 'viewer', last: 1 })).toMatchObject([{ user: { username: 'johndoe' } }]);
  });

  it('breaks what it asks to be broken', async () => {
    const fault = { operation: 'signUp', error: { code: 'USERNAME_TAKEN' }, times: 1 };
    expect(await call('add_fault', fault)).toEqual([fault]);
    expect(await call('list_faults')).toEqual([fault]);
    expect(await call('graphql', { query: SIGN_UP, variables: { name: 'ann' } })).toMatchObject({
      body: { errors: [{ extensions: { code: 202 } }] },
    });
    await call('add_fault', { network: true });
    await expect(call('graphql', { query: VIEWER })).rejects.toThrow('the connection broke');
    await call('clear_faults');
    expect(await call('list_faults')).toEqual([]);
  });

  it('moves the time, and goes back to the seed', async () => {
    const { now } = (await call('clock')) as { now: string };
    const later = (await call('clock', { advance: { days: 366 }, stop: true })) as { now: string; isStopped: boolean };
    expect(Date.parse(later.now) - Date.parse(now)).toBeGreaterThanOrEqual(366 * 24 * 60 * 60 * 1000);
    expect(later.isStopped).toBe(true);
    expect(await call('clock', { to: '2027-01-31T12:00:00Z' })).toMatchObject({ now: '2027-01-31T12:00:00.000Z' });
    await call('create_user', { username: 'ann' });
    await call('reset');
    expect(await call('clock')).toMatchObject({ isStopped: false });
    expect(await call('list_users')).toHaveLength(1);
  });

  it('adds fixtures', async () => {
    const before = server.emulator.snapshot();
    await call('seed', { fixtures: { Todo: [{ title: 'milk' }] } });
    await call('reset');
    expect(server.emulator.snapshot()['Todo']).toMatchObject([{ title: 'milk' }]);
    await server.emulator.restore(before);
    await server.emulator.seed({});
  });

  it.each([
    ['find_user', {}, 'Failed to call find_user: "username" is missing'],
    ['find_user', { username: 1 }, '"username" must be of the type string, not number'],
    ['clock', { advanced: { days: 1 } }, 'there is no argument "advanced". Did you mean "advance"?'],
    ['clock', { to: 'tomorrow' }, 'tomorrow'],
    ['create_user', { username: 'johndoe' }, 'Account already exists for this username.'],
    ['log_in_as', { username: 'nobody' }, 'nobody'],
    ['graphql', { query: VIEWER, as: 'nobody' }, 'nobody'],
    ['add_fault', { operation: 'logIn' }, 'fault'],
    ['inbox', { waitMilliseconds: 1 }, 'mail'],
    ['fly', {}, 'There is no tool "fly"'],
  ])('is told what is wrong: %s %j', async (name, given, message) => {
    await expect(call(name, given)).rejects.toThrow(message);
  });
});

it('says how to install the SDK where it is missing', () => {
  expect(() => loadSdk([])).toThrow('Run npm install --save-dev @modelcontextprotocol/sdk');
});
