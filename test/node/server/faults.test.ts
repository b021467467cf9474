import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type EmulatorServer, type ServerOptions, startServer } from '../../../src/node/server/serve.ts';
import type { Persistence } from '../../../src/store/persistence.ts';
import { mayMount, newDisk, run } from '../../support/disk.ts';
import { eventually } from '../../support/eventually.ts';
import { newFolder } from '../../support/folder.ts';

const HEADERS = { 'x-parse-application-id': 'APPLICATION_ID', 'content-type': 'application/json' };

const start = async (options: ServerOptions): Promise<EmulatorServer> => {
  const server = await startServer({ port: 0, bcryptRounds: 4, ...options });
  onTestFinished(() => server.close());
  return server;
};

type Answer = { readonly status: number; readonly body: unknown };

const send = async ({ url }: EmulatorServer, path: string, body?: unknown, headers = {}): Promise<Answer> => {
  const method = body === undefined ? 'GET' : 'POST';
  const init = {
    method,
    headers: { ...HEADERS, ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
  const response = await fetch(`${url}${path}`, init);
  return { status: response.status, body: await response.json() };
};

const signUp = (server: EmulatorServer, username: string, fields = {}): Promise<Answer> =>
  send(server, '/parse/users', { username, password: 'secret', ...fields });

const signUpInGraphQL = (server: EmulatorServer, username: string): Promise<Answer> =>
  send(server, '/graphql', {
    query: `mutation { signUp(input: { fields: { username: "${username}", password: "x" } }) { clientMutationId } }`,
  });

const viewer = async (server: EmulatorServer, sessionToken: string): Promise<Answer> =>
  send(server, '/graphql', { query: '{ viewer { user { username } } }' }, { 'x-parse-session-token': sessionToken });

const names = ({ emulator }: EmulatorServer): unknown[] =>
  (emulator.snapshot()['_User'] ?? []).map(({ username }) => username);

const REFUSED_IN_REST: Answer = { status: 500, body: { code: 1, message: 'Internal server error.' } };

const REFUSED_IN_GRAPHQL: Answer = {
  status: 500,
  body: { errors: [{ message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
};

const ANN: Answer = { status: 200, body: { data: { viewer: { user: { username: 'ann' } } } } };

/** Signs ann up, breaks what keeps the state, mends it again; and looks each time at what the server answers. */
const goThrough = async (server: EmulatorServer, cause: string, spoil: () => unknown, mend: () => unknown) => {
  const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  onTestFinished(() => errors.mockRestore());
  const { body } = await signUp(server, 'ann');
  const { sessionToken } = body as { sessionToken: string };
  await spoil();
  expect(await signUp(server, 'bob')).toEqual(REFUSED_IN_REST);
  expect(await signUpInGraphQL(server, 'bob')).toEqual(REFUSED_IN_GRAPHQL);
  expect(names(server)).toEqual(['ann']);
  expect(errors.mock.calls.map(String).join()).toContain(cause);

  const [refused, reads] = await Promise.all([
    Promise.all(Array.from({ length: 20 }, (_, i) => signUp(server, `bob${i}`))),
    Promise.all(Array.from({ length: 40 }, () => viewer(server, sessionToken))),
  ]);
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([500]));
  for (const answer of reads) expect(answer).toEqual(ANN);

  await mend();
  expect((await signUp(server, 'bob')).status).toBe(201);
  expect((await signUpInGraphQL(server, 'cid')).status).toBe(200);
  expect(names(server)).toEqual(['ann', 'bob', 'cid']);
};

const namesAfterRestart = async (server: EmulatorServer, db: string): Promise<unknown[]> => {
  await server.close();
  return names(await start({ db }));
};

beforeEach(() => {
  const warnings = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  return () => warnings.mockRestore();
});

describe('a server that cannot keep what is written', () => {
  it('refuses it, forgets it, goes on reading, and recovers', async () => {
    let isBroken = false;
    const append = vi.fn<Persistence['append']>(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      if (isBroken) throw new Error('the disk is on fire');
    });
    const server = await start({ persistence: { read: async () => null, append, replace: async () => undefined } });
    await goThrough(
      server,
      'the disk is on fire',
      () => (isBroken = true),
      () => (isBroken = false),
    );
  });

  it('refuses it also when the refusal came long before the answer', async () => {
    const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    onTestFinished(() => errors.mockRestore());
    const append = vi.fn<Persistence['append']>().mockRejectedValueOnce(new Error('the disk is on fire'));
    const server = await start({ persistence: { read: async () => null, append, replace: async () => undefined } });
    const sign = (name: string): string => `signUp(input: { fields: { username: "${name}", password: "x" } })`;
    const query = `mutation { a: ${sign('a')} { clientMutationId } b: ${sign('b')} { clientMutationId } }`;
    expect(await send(server, '/graphql', { query })).toEqual(REFUSED_IN_GRAPHQL);
  });

  it('because its folder is gone does so, too', async () => {
    const folder = join(await newFolder(), 'inner');
    const { mkdir } = await import('node:fs/promises');
    await mkdir(folder);
    const db = join(folder, 'users.json');
    const server = await start({ db });
    const spoil = (): Promise<void> => rename(folder, `${folder}.away`);
    await goThrough(server, 'its folder does not exist', spoil, () => rename(`${folder}.away`, folder));
    expect(await namesAfterRestart(server, db)).toEqual(['ann', 'bob', 'cid']);
  });
});

describe.runIf(mayMount)('a server on a disk that fails', () => {
  it('refuses writes while the disk is full', async () => {
    const folder = await newDisk('256k');
    const db = join(folder, 'users.json');
    const server = await start({ db });
    const ballast = join(folder, 'ballast');
    const fill = (): void => run(`cat /dev/zero > '${ballast}' || true`);
    // what is left of the last page of the journal may hold one or two users more
    const spoil = async (): Promise<void> => {
      fill();
      for (let i = 0; (await signUp(server, `fill${i}`)).status === 201; i += 1);
      await server.emulator.reset().catch(() => undefined);
    };
    const { body } = await signUp(server, 'ann');
    const { sessionToken } = body as { sessionToken: string };
    const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    onTestFinished(() => errors.mockRestore());
    await spoil();
    const before = names(server);
    expect(await signUp(server, 'bob', { email: `${'x'.repeat(5000)}@example.com` })).toEqual(REFUSED_IN_REST);
    expect(await viewer(server, sessionToken)).toEqual(ANN);
    expect(names(server)).toEqual(before);
    await rm(ballast);
    expect((await signUp(server, 'bob')).status).toBe(201);
    expect(await namesAfterRestart(server, db)).toEqual([...before, 'bob']);
  });

  it('refuses writes while the disk is read-only', async () => {
    const folder = await newDisk('256k');
    const db = join(folder, 'users.json');
    const server = await start({ db });
    await signUp(server, 'ann');
    await server.close();
    run(`mount -o remount,ro '${folder}'`);
    const again = await start({ db });
    const errors = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    onTestFinished(() => errors.mockRestore());
    expect(await signUp(again, 'bob')).toEqual(REFUSED_IN_REST);
    expect(await signUpInGraphQL(again, 'bob')).toEqual(REFUSED_IN_GRAPHQL);
    expect(names(again)).toEqual(['ann']);
    run(`mount -o remount,rw '${folder}'`);
    expect((await signUp(again, 'bob')).status).toBe(201);
    expect(await namesAfterRestart(again, db)).toEqual(['ann', 'bob']);
  });
});

describe('a data file under a running server', () => {
  it('that is deleted comes back with all that it held', async () => {
    const db = join(await newFolder(), 'users.json');
    const server = await start({ db });
    await signUp(server, 'ann');
    await rm(db, { force: true });
    await rm(`${db}.journal`);
    await signUp(server, 'bob');
    expect(await namesAfterRestart(server, db)).toEqual(['ann', 'bob']);
  });

  it('that is replaced by another takes its place', async () => {
    const folder = await newFolder();
    const db = join(folder, 'users.json');
    await writeFile(db, JSON.stringify({ _User: [{ username: 'ann' }] }));
    const server = await start({ db });
    await writeFile(join(folder, 'other.json'), JSON.stringify({ _User: [{ username: 'dan' }, { username: 'eve' }] }));
    await rename(join(folder, 'other.json'), db);
    await eventually(() => expect(names(server)).toEqual(['dan', 'eve']));
    await signUp(server, 'bob');
    expect(await namesAfterRestart(server, db)).toEqual(['dan', 'eve', 'bob']);
  });
});
