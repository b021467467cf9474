import { expect, it } from 'vitest';
import { createEmulator, type Emulator } from '../../src/index.ts';

const FIXTURES = () => ({
  schemas: [{ className: 'Note', fields: { list: { type: 'Array' }, map: { type: 'Object' } } }],
  _User: [{ username: 'ann', password: 'x', ACL: { '*': { read: true } } }],
  Note: [{ list: [{ deep: 1 }], map: { deep: { deeper: 1 } } }],
});

/** Tries to change every part of a value, however deep; what is frozen says no. */
const vandalize = (value: unknown): void => {
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) vandalize(inner);
  for (const name of [...Object.keys(value), 'planted']) Reflect.set(value, name, 'vandalized');
};

const create = async () => {
  const emulator = createEmulator({ bcryptRounds: 4 });
  const fixtures = FIXTURES();
  await emulator.seed(fixtures);
  return { emulator, fixtures };
};

it('what is handed over stays the caller’s: editing it changes no state, and no seed', async () => {
  const { emulator, fixtures } = await create();
  const before = JSON.stringify(emulator.snapshot());
  vandalize(fixtures);
  expect(JSON.stringify(emulator.snapshot())).toBe(before);
  const fields = { username: 'bob', ACL: { '*': { read: true } } };
  await emulator.users.create(fields);
  fields.ACL['*'].read = false; // it is not frozen either
  expect((await emulator.users.find('bob'))?.['ACL']).toMatchObject({ '*': { read: true } });
  const snapshot = structuredClone(emulator.snapshot()) as Record<string, unknown>;
  const restored = JSON.stringify(snapshot);
  await emulator.restore(snapshot as never);
  vandalize(snapshot);
  expect(JSON.stringify(emulator.snapshot())).toBe(restored);
  await emulator.reset();
  expect(JSON.stringify(emulator.snapshot())).toBe(before);
});

it('what is handed out changes no state, no seed, no original and no fork', async () => {
  const { emulator } = await create();
  const before = JSON.stringify(emulator.snapshot());
  const fork = emulator.fork();
  for (const one of [emulator, fork]) {
    vandalize(one.snapshot());
    vandalize(await one.users.find('ann'));
  }
  expect(JSON.stringify(emulator.snapshot())).toBe(before);
  expect(JSON.stringify(fork.snapshot())).toBe(before);
  await emulator.reset();
  expect(JSON.stringify(emulator.snapshot())).toBe(before);
});

it('a function and an intercept get a user whose parts nobody can change', async () => {
  const emulator = createEmulator({
    bcryptRounds: 4,
    functions: {
      meddle: ({ user, params }) => {
        vandalize(user);
        vandalize(params);
        return 1;
      },
    },
  });
  await emulator.users.create({ username: 'ann', ACL: { '*': { read: true } } });
  const headers = await emulator.headersFor('ann');
  const before = JSON.stringify(emulator.snapshot());
  emulator.intercept('health', ({ user, proceed }) => {
    vandalize(user);
    return proceed();
  });
  const body = JSON.stringify({ text: { deep: 1 } });
  for (const path of ['/parse/functions/meddle', '/graphql?query={health}']) {
    const init = path.includes('meddle') ? { method: 'POST', body } : {};
    expect((await emulator.fetch(new Request(`http://localhost${path}`, { ...init, headers }))).status).toBe(200);
  }
  expect(JSON.stringify(emulator.snapshot())).toBe(before);
});

const ask = async (emulator: Emulator, query: string, headers: Record<string, string> = {}): Promise<unknown> => {
  const body = JSON.stringify({ query });
  const type = { 'Content-Type': 'application/json' };
  const init = { method: 'POST', headers: { ...(await emulator.headersFor()), ...type, ...headers }, body };
  return (await emulator.fetch('http://localhost/graphql', init)).json();
};

it('options stay as they were given: editing them changes nothing that is made of them', async () => {
  const schema = {
    definitions: [{ className: 'Note', fields: { text: { type: 'String', defaultValue: 'plain' } } }],
  } as const;
  const seed = FIXTURES();
  const passwordPolicy = { doNotAllowUsername: true };
  const emulator = createEmulator({ bcryptRounds: 4, schema, seed, passwordPolicy, masterKeyIps: ['127.0.0.1'] });
  for (const given of [schema, seed, passwordPolicy]) vandalize(given);
  await emulator.ready;
  expect(emulator.printSchema()).not.toContain('vandalized');
  expect(JSON.stringify(emulator.snapshot())).not.toContain('vandalized');
  const before = JSON.stringify(emulator.snapshot());
  vandalize(emulator.options.schema);
  vandalize(emulator.options.passwordPolicy);
  await emulator.reset();
  expect(JSON.stringify(emulator.snapshot())).toBe(before);
  expect(emulator.options.passwordPolicy).toEqual({ doNotAllowUsername: true });
});

it('mails, requests, events and faults are what they were, whoever edits what was handed out or in', async () => {
  const emulator = createEmulator({
    bcryptRounds: 4,
    verifyUserEmails: true,
    publicServerURL: 'http://localhost/parse',
  });
  const heard: unknown[] = [];
  emulator.watch(vandalize);
  emulator.watch((event) => heard.push(event));
  await emulator.users.create({ username: 'ann', email: 'ann@x.org' });
  const latency: [number, number] = [0, 1];
  const fault = { operation: 'health', latency, error: { code: 101, message: 'no' } } as const;
  emulator.faults.add(fault);
  await ask(emulator, '{ health }');
  const known = () => JSON.stringify([emulator.outbox, emulator.requests, emulator.faults.list()]);
  const before = known();
  expect(JSON.parse(before)).toMatchObject([[{ to: 'ann@x.org' }], [{}], [{ operation: 'health' }]]);
  for (const one of [...emulator.outbox, ...emulator.requests, ...emulator.faults.list(), fault]) vandalize(one);
  vandalize(await emulator.outbox.waitFor({ to: 'ann@x.org' }));
  latency[1] = 3_000_000;
  expect(known()).toBe(before);
  expect(JSON.stringify(heard)).not.toContain('vandalized');
  expect(await ask(emulator, '{ health }')).toMatchObject({ errors: [{ message: 'no' }] });
});

it('what an intercept answers stays the test’s own, and its call is not the emulator’s', async () => {
  const { emulator } = await create();
  const answer = {
    user: { username: 'eve', ACL: { users: [{ userId: 'x', read: true, write: true }] } },
    sessionToken: 'r:1',
  };
  const given = structuredClone(answer);
  const remove = emulator.intercept('viewer', ({ args }) => {
    vandalize(args);
    return answer;
  });
  const query = '{ viewer { sessionToken user { username } } }';
  const first = await ask(emulator, query);
  expect(first).toEqual({ data: { viewer: { sessionToken: 'r:1', user: { username: 'eve' } } } });
  expect(answer).toEqual(given);
  answer.user.username = 'mallory'; // it is not frozen either
  expect(await ask(emulator, query)).toMatchObject({ data: { viewer: { user: { username: 'mallory' } } } });
  remove();
  emulator.intercept('viewer', () => {
    queueMicrotask(() => vandalize(given)); // while the fields of the answer are still being read
    return given;
  });
  expect(await ask(emulator, query)).toEqual(first);
  emulator.intercept('signUp', ({ args, proceed }) => {
    vandalize(args);
    return proceed();
  });
  await ask(
    emulator,
    'mutation { signUp(input: { fields: { username: "zoe", password: "x" } }) { clientMutationId } }',
  );
  expect(await emulator.users.find('zoe')).toMatchObject({ username: 'zoe' });
  const itself: Record<string, unknown> = { sessionToken: 'r:2' };
  itself['user'] = itself; // a graph may lead back to where it began
  emulator.intercept('viewer', () => itself);
  expect(await ask(emulator, '{ viewer { sessionToken } }')).toEqual({ data: { viewer: { sessionToken: 'r:2' } } });
});

it('a resolver may edit its source, arguments and user as it likes, however deep: nothing changes', async () => {
  const seen: unknown[] = [];
  const meddle = (...all: unknown[]): number => {
    seen.push(...all.map((one) => typeof one));
    for (const one of all) vandalize(one);
    return 1;
  };
  const emulator = createEmulator({
    bcryptRounds: 4,
    schema: {
      definitions: [
        {
          className: 'Note',
          classLevelPermissions: { find: { '*': true }, get: { '*': true } },
          fields: { list: { type: 'Array' }, map: { type: 'Object' } },
        },
      ],
    },
    typeDefs: `extend type User { meddled(list: [Int]): Int } extend type Note { meddled(list: [Int]): Int } extend type Query { meddled: Int }`,
    resolvers: {
      User: { meddled: (source: unknown, args: unknown) => meddle(source, args) },
      Note: { meddled: (source: unknown, args: unknown) => meddle(source, args) },
      Query: { meddled: (_source: unknown, args: unknown, context: { user?: unknown }) => meddle(args, context.user) },
    },
  });
  await emulator.seed(FIXTURES());
  const headers = await emulator.headersFor('ann');
  const before = JSON.stringify(emulator.snapshot());
  const query = `{ meddled viewer { user { meddled(list: [1]) ACL { public { read } } } }
    users { edges { node { meddled(list: [1]) username } } } notes { edges { node { meddled list { ... on Element { value } } map } } } }`;
  const answer = await ask(emulator, query, headers);
  expect(answer).not.toHaveProperty('errors');
  expect(answer).toMatchObject({
    data: { viewer: { user: { meddled: 1 } }, users: { edges: [{ node: { meddled: 1 } }] } },
  });
  expect(seen.length).toBeGreaterThan(6);
  expect(JSON.stringify(emulator.snapshot())).toBe(before);
});

it('functions, jobs and triggers get requests of their own', async () => {
  const touched: string[] = [];
  const meddle = (name: string) => (request: object) => {
    touched.push(name);
    vandalize(request);
    return undefined;
  };
  const context = { deep: { text: 'mine' } };
  const emulator = createEmulator({
    bcryptRounds: 4,
    seed: FIXTURES(),
    functions: { meddle: meddle('function') },
    triggers: {
      Note: { beforeSave: meddle('beforeSave'), afterSave: meddle('afterSave'), beforeDelete: meddle('beforeDelete') },
    },
  });
  await emulator.ready;
  const headers = { ...(await emulator.headersFor('ann')), 'X-Parse-Cloud-Context': JSON.stringify(context) };
  const before = JSON.stringify(emulator.snapshot());
  const call = (path: string, method: string, body: unknown) =>
    emulator.fetch(`http://localhost/parse/${path}`, { method, headers, body: JSON.stringify(body) });
  expect(
    (
      await call('functions/meddle', 'POST', {
        list: [{ a: 1 }],
        at: { __type: 'Date', iso: '2026-01-01T00:00:00.000Z' },
      })
    ).status,
  ).toBe(200);
  expect(JSON.stringify(emulator.snapshot())).toBe(before);
  const made = await (await call('classes/Note', 'POST', { list: [{ deep: 2 }], map: { a: { b: 1 } } })).json();
  expect(made).toEqual({ objectId: expect.any(String), createdAt: expect.any(String) });
  const stored = () => emulator.snapshot()['Note']?.find(({ objectId }) => objectId === made.objectId);
  expect(stored()).toMatchObject({ list: [{ deep: 2 }], map: { a: { b: 1 } } });
  await call(`classes/Note/${made.objectId}`, 'PUT', { map: { a: { b: 2 } } });
  expect(stored()).toMatchObject({ list: [{ deep: 2 }], map: { a: { b: 2 } } });
  expect(touched).toEqual(expect.arrayContaining(['function', 'beforeSave', 'afterSave']));
});

it('a fork and its original share nothing that one of them could change', async () => {
  const { emulator } = await create();
  const fork = emulator.fork();
  const before = JSON.stringify(emulator.snapshot());
  emulator.faults.add({ operation: 'health', error: { code: 1 } });
  await fork.users.create({ username: 'bob' });
  const found = await fork.users.find('ann');
  await fork.fetch(`http://localhost/parse/users/${found?.objectId}`, {
    method: 'PUT',
    headers: { ...(await fork.headersFor()), 'X-Parse-Master-Key': 'MASTER_KEY' },
    body: JSON.stringify({ ACL: { '*': { read: false } }, phone: '1' }),
  });
  expect(JSON.stringify(emulator.snapshot())).toBe(before);
  expect(fork.faults.list()).toEqual([]);
  expect(emulator.printSchema()).not.toContain('phone');
  const after = JSON.stringify(fork.snapshot());
  await emulator.reset();
  await emulator.seed({ _User: [{ username: 'zoe' }] });
  expect(JSON.stringify(fork.snapshot())).toBe(after);
});

it('a store of one’s own is handed copies or what is frozen, and what it gives is not changed', async () => {
  const found = {
    _User: [{ objectId: 'ann', username: 'ann', list: [{ deep: 1 }] }],
    schemas: [{ className: '_User', fields: { list: { type: 'Array' } } }],
  };
  const kept: unknown[] = [];
  const persistence = {
    read: async () => found,
    append: async (changes: unknown) => {
      kept.push(changes);
      vandalize(changes);
    },
    replace: async (snapshot: unknown) => void vandalize(snapshot),
  };
  const emulator = createEmulator({ bcryptRounds: 4, persistence: persistence as never });
  await emulator.ready;
  await emulator.users.create({ username: 'bob', ACL: { '*': { read: true } } });
  vandalize(found);
  expect(kept.length).toBeGreaterThan(0);
  expect(JSON.stringify(emulator.snapshot())).not.toContain('vandalized');
  await emulator.reset();
  expect(JSON.stringify(emulator.snapshot())).not.toContain('vandalized');
});
