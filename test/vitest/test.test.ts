import { HttpResponse, http } from 'msw';
import { describe, vi } from 'vitest';
import type { Emulator } from '../../src/emulator.ts';
import { createTest, expect, test } from '../../src/vitest/index.ts';
import { createGate, turns } from '../support/eventually.ts';

const ADDRESS = 'https://api.example.com/graphql';

const send = async (query: string, headers: { readonly [name: string]: string } = {}): Promise<unknown> => {
  const response = await fetch(ADDRESS, {
    method: 'POST',
    headers: { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return response.json();
};
const signUp = (username: string): Promise<unknown> =>
  send(
    `mutation { signUp(input: { fields: { username: "${username}", password: "secret" } }) { viewer { user { username } } } }`,
  );
const names = (snapshot: { readonly [name: string]: unknown }): unknown[] =>
  ((snapshot['_User'] ?? []) as { username: string }[]).map(({ username }) => username);
/** The users that a request finds, with the master key: for bodies that are handed no emulator. */
const namesHere = async (): Promise<unknown[]> => {
  const answer = await send('{ users(order: createdAt_ASC) { edges { node { username } } } }', {
    'X-Parse-Master-Key': 'MASTER_KEY',
  });
  const { data } = answer as { data: { users: { edges: { node: { username: string } }[] } } };
  return data.users.edges.map(({ node }) => node.username);
};

const seeded = createTest({
  seed: { _User: [{ username: 'johndoe', password: 'secret' }] },
  onUnhandledRequest: 'error',
});

describe('test', () => {
  for (const round of ['first', 'second']) {
    test(`begins empty: the ${round} time`, async ({ emulator }) => {
      expect(names(emulator.snapshot())).toEqual([]);
      expect(await signUp('ann')).toEqual({ data: { signUp: { viewer: { user: { username: 'ann' } } } } });
      expect(names(emulator.snapshot())).toEqual(['ann']);
    });
  }

  test('answers requests of a test that takes no fixture', async () => {
    expect(await send('{ health }')).toEqual({ data: { health: true } });
  });

  test('answers requests that come from outside of the body, while it is the only one', async ({ emulator }) => {
    const late = new Promise((resolve) => {
      queue.push(() => resolve(signUp('late')));
    });
    await late;
    expect(names(emulator.snapshot())).toEqual(['late']);
  });

  test('hashes at the lowest cost', async ({ emulator }) => {
    await signUp('ann');
    expect(emulator.options.bcryptRounds).toBe(4);
  });
});

/** What somebody else runs, in a flow that began before any test. */
const queue: (() => void)[] = [];
setInterval(() => queue.splice(0).forEach((work) => void work()), 1).unref();

describe('createTest', () => {
  seeded('begins with the seed', async ({ emulator }) => {
    expect(names(emulator.snapshot())).toEqual(['johndoe']);
    await signUp('ann');
    await emulator.reset();
    expect(names(emulator.snapshot())).toEqual(['johndoe']);
  });

  seeded('asUser gives a client that is logged in', async ({ asUser, emulator }) => {
    const john = await asUser('johndoe');
    expect(
      await john.graphql('query ($n: Int) { viewer { user { username } } users(first: $n) { count } }', { n: 1 }),
    ).toEqual({
      data: { viewer: { user: { username: 'johndoe' } }, users: { count: 1 } },
    });
    expect(await (await john.fetch('/parse/users/me')).json()).toMatchObject({ username: 'johndoe' });
    expect(await send('{ viewer { user { username } } }', john.headers)).toMatchObject({ data: { viewer: {} } });
    const update = await john.fetch(`/parse/users/${(await emulator.users.find('johndoe'))?.objectId}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: '{"nick":"jd"}',
    });
    expect(update.status).toBe(200);
    expect(await emulator.users.find('johndoe')).toMatchObject({ nick: 'jd' });
    await expect(asUser('nobody')).rejects.toThrow('nobody is called "nobody"');
  });

  const walled = createTest({
    url: 'http://localhost:1337/graphql',
    onUnhandledRequest: 'error',
    handlers: [http.get('https://shop.example.com/price', () => HttpResponse.json(5))],
  });
  walled('has the handlers of other services before its own', async () => {
    expect(await (await fetch('https://shop.example.com/price')).json()).toBe(5);
  });
  walled('refuses what nobody handles', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue(); // where MSW tells of it
    const error: unknown = await send('{ health }').catch((thrown) => thrown);
    expect(`${error} ${(error as Error).cause}`).toContain('Cannot bypass a request'); // MSW 3 makes it the cause of the browser's error
    log.mockRestore();
  });

  const remote = createTest({
    url: 'https://api.example.com/graphql',
    verifyUserEmails: true,
    onUnhandledRequest: 'error',
  });
  remote('sends mail whose links lead to where it listens', async ({ emulator }) => {
    await emulator.users.create({ username: 'jane', email: 'jane@example.com' });
    const { link } = await emulator.outbox.waitFor({ to: 'jane@example.com', kind: 'verifyEmail' });
    expect(link).toMatch(/^https:\/\/api\.example\.com\/parse\/apps\//);
    expect((await fetch(link ?? '')).status).toBe(200);
    expect(await emulator.users.find('jane')).toMatchObject({ emailVerified: true });
  });

  const next = createGate();
  let left: { readonly emulator: Emulator; readonly late: Promise<unknown> };
  seeded('may leave a request behind', ({ emulator }) => {
    left = { emulator, late: next.opened.then(() => signUp('late')) };
  });
  seeded('does not meet what another has left behind', async ({ emulator }) => {
    next.open();
    await left.late;
    expect(names(emulator.snapshot())).toEqual(['johndoe']);
    expect(names(left.emulator.snapshot())).toEqual(['johndoe', 'late']);
  });

  for (const round of ['first', 'second']) {
    seeded(`what a test does with the server ends with it: the ${round} time`, async ({ server, task }) => {
      if (round === 'first') server.use(http.post(ADDRESS, () => HttpResponse.json({ mine: task.name })));
      expect(await send('{ health }')).toEqual(round === 'first' ? { mine: task.name } : { data: { health: true } });
    });
  }

  seeded('takes a handler of the emulator back after a fault', async ({ emulator }) => {
    emulator.faults.add({ network: true, times: 1 });
    await expect(send('{ health }')).rejects.toThrow(TypeError);
    expect(await send('{ health }')).toEqual({ data: { health: true } });
  });

  const answering = createTest({ url: 'http://localhost:1337/parse/graphql', deterministic: 'test' });
  answering.for([1, 2])('repeats itself %i', async (_round, { emulator }) => {
    const { objectId } = await emulator.users.create({ username: 'ann' });
    ids.add(objectId);
    expect(ids.size).toBe(1);
  });
  const ids = new Set<string>();

  seeded.extend<{ admin: string }>({
    admin: async ({ emulator, asUser }, use) => {
      const { username } = await emulator.users.create({ username: 'admin' });
      await use((await asUser(username)).sessionToken);
    },
  })('is extended as any test is', async ({ admin, emulator }) => {
    expect(await send('{ viewer { user { username } } }', { 'X-Parse-Session-Token': admin })).toMatchObject({
      data: { viewer: { user: { username: 'admin' } } },
    });
    expect(names(emulator.snapshot())).toEqual(['johndoe', 'admin']);
  });

  expect(() => createTest({ verifyUserEmail: true } as object)).toThrow('verifyUserEmail');
});

describe('tests that run at once', () => {
  for (const username of ['ann', 'ben', 'cat']) {
    seeded.concurrent(`${username} sees the seed and itself`, async ({ emulator, server, expect }) => {
      server.use(http.get('https://api.example.com/mine', () => HttpResponse.json(username)));
      await signUp(username);
      await turns();
      await signUp(`${username}2`);
      expect(names(emulator.snapshot())).toEqual(['johndoe', username, `${username}2`]);
      expect(await (await fetch('https://api.example.com/mine')).json()).toBe(username);
    });
  }

  seeded.concurrent.for(['dan', 'eve'])('%s, from a list', async (username, { emulator, expect }) => {
    await signUp(username);
    await turns();
    expect(names(emulator.snapshot())).toEqual(['johndoe', username]);
  });

  seeded.concurrent.each([
    ['fay', 1],
    ['gil', 2],
  ])('%s, from each of a list, which is number %i', async (username, number) => {
    expect([undefined, 'fay', 'gil'][number]).toBe(username);
    await turns();
    expect(await namesHere()).toEqual(['johndoe']);
    await signUp(username);
    await turns();
    expect(await namesHere()).toEqual(['johndoe', username]);
  });
  seeded.each`word | length
    ${'one'}   | ${3}`('$word, from a table', ({ word, length }) => expect(word).toHaveLength(length));

  const other = createTest({ seed: { _User: [{ username: 'janedoe', password: 'secret' }] }, url: ADDRESS });
  for (const username of ['hal', 'ida']) {
    other.concurrent(`${username} is of another kind of test`, async ({ emulator, expect }) => {
      await turns();
      await signUp(username);
      await turns();
      expect(names(emulator.snapshot())).toEqual(['janedoe', username]);
    });
  }

  for (const price of [1, 2]) {
    const shop = http.get('https://shop.example.com/price', () => HttpResponse.json(price));
    createTest({ handlers: [shop] }).concurrent(`has the services of its own kind: ${price}`, async ({ expect }) => {
      await turns();
      expect(await (await fetch('https://shop.example.com/price')).json()).toBe(price);
    });
  }

  const joined = seeded.extend<{ newcomer: string }>({
    newcomer: async ({ task }, use) => {
      await turns();
      await signUp(task.name);
      await use(task.name);
    },
  });
  for (const name of ['jim', 'kay']) {
    joined.concurrent(name, async ({ newcomer, emulator, expect }) => {
      expect(names(emulator.snapshot())).toEqual(['johndoe', newcomer]);
    });
  }

  const newer = joined as Partial<typeof joined>; // Vitest 4.1 has these
  newer.describe?.concurrent('with hooks', () => {
    newer.beforeEach?.(({ task }) => signUp(`${task.name} before`));
    newer.aroundEach?.(async (run, { task }) => {
      await signUp(`${task.name} around`);
      await run();
    });
    for (const name of ['leo', 'mia']) {
      joined(name, async ({ newcomer, emulator, expect }) => {
        expect(names(emulator.snapshot())).toEqual(['johndoe', `${name} around`, `${name} before`, newcomer]);
      });
    }
  });
});

describe('a request that belongs to no body, while several tests run', () => {
  const gate = (): { readonly passed: Promise<void>; readonly open: () => void } => {
    let open = (): void => {};
    const passed = new Promise<void>((resolve) => {
      open = resolve;
    });
    return { passed, open };
  };
  const [here, over] = [gate(), gate()];

  seeded.concurrent('has one test beside it', async () => {
    here.open();
    await over.passed;
  });

  seeded.concurrent('is told so', async ({ expect }) => {
    const log = vi.spyOn(console, 'error').mockReturnValue(); // where MSW tells of it, too
    await here.passed;
    const answer = new Promise((resolve) => {
      queue.push(() => resolve(fetch(ADDRESS).then((response) => response.text())));
    });
    expect(await answer.finally(over.open)).toContain('several tests run at once');
    log.mockRestore();
  });
});

const withCloud = createTest({
  cloud: (Parse) => {
    let calls = 0;
    Parse.Cloud.define('count', () => ++calls);
  },
});

describe('cloud code', () => {
  for (const round of ['first', 'second']) {
    withCloud(`is of each test's own: the ${round} time`, async () => {
      expect(await send('mutation { callCloudCode(input: { functionName: count }) { result } }')).toEqual({
        data: { callCloudCode: { result: 1 } },
      });
    });
  }
});
