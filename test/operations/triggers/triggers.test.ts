import { describe, expect, it, vi } from 'vitest';
import { type ClassTriggers, type EmulatorOptions, ParseError } from '../../../src/index.ts';
import { APP, as, createClient, MASTER } from '../../support/rest-client.ts';

type Todo = { readonly objectId: string };

const withTodo = (todo: ClassTriggers, more: EmulatorOptions = {}) => {
  const client = createClient({ triggers: { Todo: todo }, ...more });
  const make = async (fields: object): Promise<Todo> =>
    (await client.call('POST', '/classes/Todo', fields, MASTER)).body as Todo;
  return { ...client, make };
};

const fail = (thrown: unknown): never => {
  throw thrown;
};

/** Reads without triggers. */
const stored = ({ emulator }: ReturnType<typeof createClient>, className: string): object[] =>
  (emulator.snapshot()[className] ?? []) as object[];

describe('beforeSave', () => {
  it('changes what is stored, and answers what it changed', async () => {
    const client = withTodo({ beforeSave: ({ fields }) => ({ title: String(fields['title']).trim(), done: false }) });
    const { body } = await client.call('POST', '/classes/Todo', { title: ' tea ' });
    expect(body).toMatchObject({ title: 'tea', done: false });
    expect(stored(client, 'Todo')).toMatchObject([{ title: 'tea', done: false }]);
  });

  it('takes back what the client wrote by undefined, and unsets by a Delete', async () => {
    const client = withTodo({
      beforeSave: ({ original }) => (original ? { title: { __op: 'Delete' } } : { rank: undefined }),
    });
    const { body } = await client.call('POST', '/classes/Todo', { title: 'tea', rank: 1 });
    expect(body).toMatchObject({ rank: { __op: 'Delete' } });
    const { objectId } = body as Todo;
    expect((await client.call('PUT', `/classes/Todo/${objectId}`, { done: true })).body).toMatchObject({
      title: { __op: 'Delete' },
    });
    expect(stored(client, 'Todo')[0]).not.toHaveProperty('title');
  });

  it('sees what is written, what it comes to and what was there', async () => {
    const seen: unknown[] = [];
    const client = withTodo({
      beforeSave: ({ fields, object, original }) => void seen.push([fields, object['rank'], original?.['rank']]),
    });
    const { objectId } = await client.make({ rank: 1 });
    await client.call('PUT', `/classes/Todo/${objectId}`, { rank: { __op: 'Increment', amount: 2 } });
    expect(seen).toEqual([
      [{ rank: 1 }, 1, undefined],
      [{ rank: { __op: 'Increment', amount: 2 } }, 3, 1],
    ]);
  });

  it.each([
    ['a text', () => fail('no'), { code: 141, error: 'no' }],
    ['an error', () => fail(new Error('not so')), { code: 141, error: 'not so' }],
    ['a ParseError', () => fail(new ParseError(4000, 'own')), { code: 4000, error: 'own' }],
    ['nothing', () => fail(undefined), { code: 141, error: 'Script failed. Unknown error.' }],
    ['a number', () => fail(42), { code: 141, error: 42 }],
    ['an empty error', () => fail(new Error('')), { code: 141, error: {} }],
    ['what has no text', () => fail(Object.create(null)), { code: 141, error: {} }],
  ])('refuses by throwing %s, and nothing is stored', async (_, beforeSave, told) => {
    const client = withTodo({ beforeSave });
    expect(await client.call('POST', '/classes/Todo', { title: 'x' })).toMatchObject({ status: 400, body: told });
    expect(stored(client, 'Todo')).toEqual([]);
  });

  it('is held to what clients are held to', async () => {
    const client = withTodo({ beforeSave: ({ fields }) => ({ rank: fields['rank'] === 1 ? 2 : 'many' }) });
    await client.make({ rank: 1 });
    expect((await client.call('POST', '/classes/Todo', { rank: 3 })).body).toMatchObject({ code: 111 });
  });

  it('wins over what the client writes into an object that the trigger writes', async () => {
    const client = withTodo({ beforeSave: () => ({ prefs: { theme: 'dark' } }) });
    const { objectId } = await client.make({});
    await client.call('PUT', `/classes/Todo/${objectId}`, { 'prefs.size': 2 });
    expect(stored(client, 'Todo')).toMatchObject([{ prefs: { theme: 'dark' } }]);
    expect(stored(client, 'Todo')[0]).not.toHaveProperty('prefs.size');
  });

  it('is told with what the rules of the class make of it', async () => {
    const client = createClient({ triggers: { _User: { beforeSave: () => ({ ACL: {} }) } } });
    const { body } = await client.call('POST', '/users', { username: 'ann', password: 'p' });
    expect(Object.keys((body as { ACL: object }).ACL)).toEqual([(body as Todo).objectId]);
  });

  it('does not run for who may not write', async () => {
    let runs = 0;
    const client = withTodo({ beforeSave: () => void runs++ });
    const { objectId } = await client.make({ ACL: {} });
    expect(await client.call('PUT', `/classes/Todo/${objectId}`, { title: 'x' })).toMatchObject({ status: 404 });
    expect(runs).toBe(1);
  });

  it('hands its context on to afterSave, which begins with that of the request', async () => {
    const seen: unknown[] = [];
    const client = withTodo({
      beforeSave: ({ context }) => void Object.assign(context, { stamp: 1 }),
      afterSave: ({ context }) => void seen.push({ ...context }),
    });
    await client.call('POST', '/classes/Todo', {}, { ...APP, 'X-Parse-Cloud-Context': '{"from":"header"}' });
    expect(seen).toEqual([{ from: 'header', stamp: 1 }]);
  });

  it('of users comes before the checks of names and passwords', async () => {
    const beforeSave: ClassTriggers['beforeSave'] = ({ fields }) =>
      fields['username'] === 'Ann ' ? { username: 'ann', password: 'chosen' } : undefined;
    const client = createClient({ triggers: { _User: { beforeSave } } });
    const first = await client.call('POST', '/users', { username: 'Ann ', password: 'p' });
    expect(first.body).toMatchObject({ username: 'ann' });
    expect(first.body).not.toHaveProperty('password');
    expect(await client.call('POST', '/login', { username: 'ann', password: 'chosen' })).toMatchObject({ status: 200 });
    expect((await client.call('POST', '/users', { username: 'Ann ', password: 'p' })).body).toMatchObject({
      code: 202,
    });
  });
});

describe('afterSave', () => {
  it('answers what it makes of the object, and stores nothing of it', async () => {
    const client = withTodo({ afterSave: ({ object }) => ({ object: { ...object, late: 'yes' } }) });
    expect((await client.call('POST', '/classes/Todo', { title: 'x' })).body).toMatchObject({ late: 'yes' });
    expect(stored(client, 'Todo')[0]).not.toHaveProperty('late');
  });

  it('begins from nothing with an operation that changed nothing, as Parse Server does', async () => {
    const seen: unknown[] = [];
    const client = withTodo({ afterSave: ({ object }) => void seen.push(object['rank']) });
    const { objectId } = await client.make({ rank: 3 });
    await client.call('PUT', `/classes/Todo/${objectId}`, { rank: { __op: 'Increment', amount: 0 } });
    expect(seen).toEqual([3, 0]);
    expect(stored(client, 'Todo')).toMatchObject([{ rank: 3 }]);
  });

  it('answers something else altogether', async () => {
    const client = withTodo({ afterSave: () => ({ answer: { only: 'this' } }) });
    expect(await client.call('POST', '/classes/Todo', {})).toMatchObject({ status: 201, body: { only: 'this' } });
  });

  it('harms nothing by failing, which is only logged', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const client = withTodo({
      afterSave: () => fail(new Error('oh')),
    });
    expect(await client.call('POST', '/classes/Todo', { title: 'x' })).toMatchObject({ status: 201 });
    expect(warn).toHaveBeenCalledOnce();
    warn.mockRestore();
  });

  it('runs for a log-in by authData, too, with the stored user', async () => {
    const seen: unknown[] = [];
    const client = createClient({
      auth: { github: true },
      triggers: { _User: { afterSave: ({ original, object }) => void seen.push([original, object['username']]) } },
    });
    const authData = { github: { id: '1' } };
    const { username } = (await client.call('POST', '/users', { authData })).body as { username: string };
    expect(await client.call('POST', '/users', { authData })).toMatchObject({ status: 200 });
    expect(seen).toEqual([
      [undefined, username],
      [undefined, username],
    ]);
  });
});

describe('deleting', () => {
  it('is refused by beforeDelete; what afterDelete throws reaches the client though the object is gone', async () => {
    const client = withTodo({
      beforeDelete: ({ object }) => {
        if (object['kept']) fail('it stays');
      },
      afterDelete: () => fail('too late'),
    });
    const [one, other] = [await client.make({ kept: true }), await client.make({})];
    expect((await client.call('DELETE', `/classes/Todo/${one.objectId}`)).body).toMatchObject({ error: 'it stays' });
    expect((await client.call('DELETE', `/classes/Todo/${other.objectId}`)).body).toMatchObject({ error: 'too late' });
    expect(stored(client, 'Todo')).toHaveLength(1);
  });

  it('takes the right to write, and not the right to read', async () => {
    const seen: unknown[] = [];
    const client = withTodo({ beforeDelete: ({ object }) => void seen.push(object['title']) });
    const { objectId } = await client.make({ title: 'x', ACL: { '*': { write: true } } });
    expect(await client.call('DELETE', `/classes/Todo/${objectId}`)).toMatchObject({ status: 200 });
    expect((await client.call('DELETE', `/classes/Todo/${objectId}`)).body).toEqual({
      code: 101,
      error: 'Object not found for delete.',
    });
    expect(seen).toEqual(['x']);
  });
});

describe('finding', () => {
  const ranked = async (todo: ClassTriggers) => {
    const client = withTodo(todo);
    for (const rank of [1, 2, 3]) await client.make({ rank });
    const ranks = async (query = ''): Promise<unknown> =>
      ((await client.call('GET', `/classes/Todo${query}`)).body as { results: { rank: number }[] }).results.map(
        ({ rank }) => rank,
      );
    return { ...client, ranks };
  };

  it('asks something else, where beforeFind says so', async () => {
    const { ranks } = await ranked({ beforeFind: () => ({ query: { where: { rank: { $gt: 1 } }, limit: 1 } }) });
    expect(await ranks('?order=-rank')).toEqual([3]);
  });

  it('is answered by beforeFind itself, with stored objects read again', async () => {
    const ids: string[] = [];
    const { ranks, make } = await ranked({
      beforeFind: () => ({ objects: ids.map((objectId) => ({ objectId })) }),
    });
    ids.push((await make({ rank: 4, ACL: {} })).objectId, (await make({ rank: 5 })).objectId);
    expect(await ranks()).toEqual([5]);
  });

  it('shows what afterFind makes of it, with the class of each', async () => {
    const { call } = await ranked({
      afterFind: ({ objects }) => objects.slice(1).map((one) => ({ ...one, seen: true })),
    });
    const { results } = (await call('GET', '/classes/Todo?count=1')).body as { results: object[] };
    expect(results).toMatchObject([
      { className: 'Todo', rank: 2, seen: true },
      { rank: 3, seen: true },
    ]);
  });

  it('runs for pointers that are followed, and for sub-queries', async () => {
    const seen: unknown[] = [];
    const client = createClient({
      triggers: { Owner: { beforeFind: ({ isGet, query }) => void seen.push([isGet, query.where]) } },
    });
    const { objectId } = (await client.call('POST', '/classes/Owner', { name: 'o' }, MASTER)).body as Todo;
    const owner = { __type: 'Pointer', className: 'Owner', objectId };
    await client.call('POST', '/classes/Todo', { owner }, MASTER);
    await client.call('GET', '/classes/Todo?include=owner');
    const where = { owner: { $inQuery: { className: 'Owner', where: { name: 'o' } } } };
    expect((await client.call('GET', `/classes/Todo?where=${JSON.stringify(where)}`)).body).toMatchObject({
      results: [{ owner }],
    });
    expect(seen).toEqual([
      [true, { objectId }],
      [false, { name: 'o' }],
    ]);
  });
});

describe('users', () => {
  it('are logged in past beforeLogin and afterLogin; a wrong password runs neither', async () => {
    const seen: unknown[] = [];
    const client = createClient({
      triggers: {
        _User: {
          beforeLogin: ({ object, user }) => {
            seen.push(['before', object['username'], user]);
            if (object['banned']) fail('banned');
          },
          afterLogin: ({ user }) => void seen.push(['after', user?.['username'], typeof user?.['sessionToken']]),
        },
        _Session: { afterLogout: ({ object }) => void seen.push(['out', typeof object['sessionToken']]) },
      },
    });
    await client.call('POST', '/users', { username: 'ann', password: 'p' });
    await client.call('POST', '/users', { username: 'bob', password: 'p', banned: true });
    await client.call('POST', '/login', { username: 'ann', password: 'wrong' });
    const { sessionToken } = (await client.call('POST', '/login', { username: 'ann', password: 'p' })).body as {
      sessionToken: string;
    };
    expect((await client.call('POST', '/login', { username: 'bob', password: 'p' })).body).toMatchObject({
      error: 'banned',
    });
    await client.call('POST', '/logout', {}, as(sessionToken));
    expect(seen).toEqual([
      ['before', 'ann', undefined],
      ['after', 'ann', 'string'],
      ['before', 'bob', undefined],
      ['out', 'string'],
    ]);
  });

  it('get no mail that beforePasswordResetRequest refuses', async () => {
    const client = createClient({
      triggers: {
        _User: {
          beforePasswordResetRequest: () => fail(new ParseError(4000, 'no')),
        },
      },
    });
    await client.call('POST', '/users', { username: 'ann', password: 'p', email: 'ann@example.com' });
    expect(await client.call('POST', '/requestPasswordReset', { email: 'ann@example.com' })).toMatchObject({
      body: { code: 4000, error: 'no' },
    });
    expect(client.emulator.outbox).toHaveLength(0);
  });

  it('are verified past the triggers of saving, by nobody', async () => {
    const seen: unknown[] = [];
    const client = createClient({
      verifyUserEmails: true,
      triggers: {
        _User: { beforeSave: ({ master, user, fields }) => void seen.push([master, user, Object.keys(fields)]) },
      },
    });
    await client.call('POST', '/users', { username: 'ann', password: 'p', email: 'ann@example.com' });
    await client.emulator.fetch(new Request(client.emulator.outbox[0]?.link ?? ''));
    expect(seen[1]).toEqual([false, undefined, ['emailVerified']]);
    expect(await client.emulator.users.find('ann')).toMatchObject({ emailVerified: true });
  });
});

describe('files and configuration', () => {
  it('keep another file than was sent', async () => {
    const client = createClient({
      preserveFileName: true,
      fileTriggers: { beforeSave: ({ file }) => ({ ...file, name: 'other.txt', base64: btoa('other') }) },
    });
    expect(
      await client.call('POST', '/files/mine.txt', 'mine', { ...MASTER, 'Content-Type': 'text/plain' }),
    ).toMatchObject({
      status: 201,
      body: { name: 'other.txt' },
    });
    const { origin } = new URL(client.emulator.options.serverURL);
    const served = await client.emulator.fetch(new Request(`${origin}/parse/files/APPLICATION_ID/other.txt`));
    expect(await served.text()).toBe('other');
  });

  it('refuse files and parameters', async () => {
    const refuse = (): never => fail('no');
    const client = createClient({
      fileTriggers: { beforeSave: refuse },
      triggers: { '@Config': { beforeSave: refuse } },
    });
    expect((await client.call('POST', '/files/a.txt', 'a', MASTER)).body).toEqual({ code: 130, error: 'no' });
    expect((await client.call('PUT', '/config', { params: { a: 1 } }, MASTER)).body).toEqual({
      code: 141,
      error: 'no',
    });
  });
});
