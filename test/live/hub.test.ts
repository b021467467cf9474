import { describe, expect, it } from 'vitest';
import { ask, connect, createLive, settle, subscribe } from './page.ts';

const MASTER = { 'X-Parse-Master-Key': 'MASTER_KEY' };

describe('live queries', () => {
  it('are off by default: a subscription is opened and hears nothing', async () => {
    await using emulator = createLive({ liveQuery: undefined });
    const client = await connect(emulator);
    await subscribe(client);
    await ask(emulator, 'POST', '/classes/Todo', { title: 'x' });
    expect(await client.hear()).toEqual([]);
  });

  it('take patterns of whole class names', async () => {
    await using emulator = createLive({ liveQuery: { classNames: ['To.*'] } });
    const client = await connect(emulator);
    await subscribe(client);
    await ask(emulator, 'POST', '/classes/Todo', { title: 'x' });
    expect(await client.hear()).toMatchObject([{ op: 'create', object: { title: 'x' } }]);
  });

  it('hear of GraphQL mutations, too', async () => {
    await using emulator = createLive();
    await ask(emulator, 'POST', '/classes/Todo', { title: 'makes the class' });
    const client = await connect(emulator);
    await subscribe(client);
    const query = 'mutation { createTodo(input: { fields: { title: "g" } }) { todo { objectId } } }';
    await emulator.fetch(
      new Request('http://localhost:1337/graphql', {
        method: 'POST',
        headers: { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' },
        body: JSON.stringify({ query }),
      }),
    );
    expect(await client.hear()).toMatchObject([{ op: 'create', object: { title: 'g' } }]);
  });

  it('hear of a transaction as a whole, and of one that was refused nothing', async () => {
    await using emulator = createLive();
    const client = await connect(emulator);
    await subscribe(client);
    const post = (title: unknown) => ({ method: 'POST', path: '/parse/classes/Todo', body: { title } as never });
    await ask(emulator, 'POST', '/batch', { transaction: true, requests: [post('a'), post('b')] });
    expect((await client.hear()).map(({ object }) => (object as { title: string }).title)).toEqual(['a', 'b']);
    await ask(emulator, 'POST', '/batch', { transaction: true, requests: [post('c'), post(5)] });
    expect(await client.hear()).toEqual([]);
  });

  it('hear nothing of what seed, restore and reset do, and are closed by reset', async () => {
    await using emulator = createLive();
    const client = await connect(emulator);
    await subscribe(client);
    await emulator.seed({ Todo: [{ title: 'seeded' }] });
    expect(await client.hear()).toEqual([]);
    await emulator.reset();
    expect(client.isClosed).toBe(true);
    expect(emulator.live.list()).toEqual([]);
  });

  it('are not heard across forks and applications', async () => {
    await using emulator = createLive({ apps: ['OTHER'] });
    const own = await connect(emulator);
    const other = await connect(emulator, { applicationId: 'OTHER' });
    const fork = emulator.fork();
    const forked = await connect(fork);
    for (const client of [own, other, forked]) await subscribe(client);
    await ask(emulator, 'POST', '/classes/Todo', { title: 'own' });
    expect([(await own.hear()).length, (await other.hear()).length, (await forked.hear()).length]).toEqual([1, 0, 0]);
    await ask(emulator, 'POST', '/classes/Todo', { title: 'other' }, { 'X-Parse-Application-Id': 'OTHER' });
    expect([(await own.hear()).length, (await other.hear()).length, (await forked.hear()).length]).toEqual([0, 1, 0]);
    await ask(fork, 'POST', '/classes/Todo', { title: 'fork' });
    expect([(await own.hear()).length, (await other.hear()).length, (await forked.hear()).length]).toEqual([0, 0, 1]);
  });

  it('go on with the right query where one constraint cannot be compared', async () => {
    await using emulator = createLive();
    const client = await connect(emulator);
    await subscribe(client, { where: { title: { $containedBy: ['a'] } } });
    await subscribe(client, {}, { requestId: 2 });
    await ask(emulator, 'POST', '/classes/Todo', { priority: 1 });
    expect(await client.hear()).toMatchObject([{ op: 'create', requestId: 2 }]);
  });

  it('match hostile patterns in bounded time', async () => {
    await using emulator = createLive();
    const client = await connect(emulator);
    await subscribe(client, { where: { title: { $regex: '(a+)+$' } } });
    await ask(emulator, 'POST', '/classes/Todo', { title: `${'a'.repeat(5000)}!` });
    expect(await client.hear()).toEqual([]);
  });

  it('ask no more of the server than requestComplexity allows', async () => {
    await using emulator = createLive({ requestComplexity: { queryDepth: 1, allowRegex: false } });
    const client = await connect(emulator);
    for (const where of [{ $or: [{ $and: [{ n: 1 }] }] }, { title: { $regex: 'a' } }]) {
      await client.say({ op: 'subscribe', requestId: 1, query: { className: 'Todo', where } });
    }
    expect(await client.hear()).toMatchObject([
      { op: 'error', code: 102, error: 'Query condition nesting depth exceeds maximum allowed depth of 1' },
      { op: 'error', code: 102, error: '$regex operator is not allowed' },
    ]);
  });

  it('are listed with whose session they have', async () => {
    await using emulator = createLive();
    const ann = await ask(emulator, 'POST', '/users', { username: 'ann', password: 'secret' });
    const client = await connect(emulator);
    await subscribe(client, {}, { sessionToken: String(ann['sessionToken']) });
    expect(emulator.live.list()).toMatchObject([
      { requestId: 1, query: { className: 'Todo' }, userId: ann['objectId'], hasMasterKey: false },
    ]);
  });

  it('end at once with the session, where private objects are concerned', async () => {
    await using emulator = createLive();
    const ann = await ask(emulator, 'POST', '/users', { username: 'ann', password: 'secret' });
    const sessionToken = String(ann['sessionToken']);
    const client = await connect(emulator);
    await subscribe(client, {}, { sessionToken });
    const ACL = { [String(ann['objectId'])]: { read: true } };
    await ask(emulator, 'POST', '/classes/Todo', { title: 'before', ACL });
    expect(await client.hear()).toHaveLength(1);
    await ask(emulator, 'POST', '/logout', {}, { 'X-Parse-Session-Token': sessionToken });
    await ask(emulator, 'POST', '/classes/Todo', { title: 'after', ACL });
    expect(await client.hear()).toEqual([]);
  });

  it('lose no event of many, and forget a socket that closes', async () => {
    await using emulator = createLive();
    const clients = await Promise.all(Array.from({ length: 50 }, () => connect(emulator)));
    for (const client of clients) await subscribe(client);
    for (let i = 0; i < 200; i++) await ask(emulator, 'POST', '/classes/Todo', { priority: i }, MASTER);
    for (const client of clients) {
      const heard = await client.hear();
      expect(heard.map(({ object }) => (object as { priority: number }).priority)).toEqual(
        Array.from({ length: 200 }, (_, i) => i),
      );
      client.end();
    }
    await settle();
    expect(emulator.live.list()).toEqual([]);
  });
});
