import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { as, createClient, MASTER } from '../../support/rest-client.ts';

const { emulator, call, signUp } = createClient();

afterEach(() => emulator.reset());
afterAll(() => emulator.close());

const where = (constraints: object): string => `where=${encodeURIComponent(JSON.stringify(constraints))}`;
const create = async (className: string, fields: object): Promise<string> => {
  const { body } = await call('POST', `/classes/${className}`, fields);
  return (body as { objectId: string }).objectId;
};

describe('/classes/:className', () => {
  it('makes an object and says where it is', async () => {
    const { status, location, body } = await call('POST', '/classes/Note', { text: 'hello' });
    const { objectId } = body as { objectId: string };
    expect(status).toBe(201);
    expect(location).toBe(`http://localhost:1337/parse/classes/Note/${objectId}`);
    expect(body).toEqual({ objectId: expect.stringMatching(/^\w{10}$/), createdAt: expect.any(String) });
  });

  it('shows, changes and deletes it', async () => {
    const objectId = await create('Note', { text: 'hello', level: 1 });
    expect((await call('PUT', `/classes/Note/${objectId}`, { level: { __op: 'Increment', amount: 4 } })).body).toEqual({
      level: 5,
      updatedAt: expect.any(String),
    });
    expect((await call('GET', `/classes/Note/${objectId}`)).body).toMatchObject({ objectId, text: 'hello', level: 5 });
    expect(await call('DELETE', `/classes/Note/${objectId}`)).toMatchObject({ status: 200, body: {} });
    expect(await call('GET', `/classes/Note/${objectId}`)).toMatchObject({
      status: 404,
      body: { code: 101, error: 'Object not found.' },
    });
  });

  it.each<[object, number, string]>([
    [{ 'a-b': 1 }, 105, 'Invalid field name: a-b.'],
    [{ _hidden: 1 }, 105, 'Invalid field name: _hidden.'],
    [{ length: 1 }, 105, 'Invalid field name: length.'],
    [{ className: 'Note' }, 105, 'Invalid field name: className.'],
    [{ createdAt: '2020-01-01' }, 111, 'schema mismatch for Note.createdAt; expected Date but got String'],
    [{ updatedAt: 5 }, 111, 'schema mismatch for Note.updatedAt; expected Date but got Number'],
  ])('refuses to write %j', async (fields, code, error) => {
    const objectId = await create('Note', { text: 'hello' });
    expect((await call('POST', '/classes/Note', fields)).body).toEqual({ code, error });
    expect((await call('PUT', `/classes/Note/${objectId}`, fields)).body).toEqual({ code, error });
  });

  it('passes over the dates that are its own affair', async () => {
    const date = { __type: 'Date', iso: '2020-01-01T00:00:00.000Z' };
    const objectId = await create('Note', { createdAt: date, updatedAt: date });
    const { body } = await call('GET', `/classes/Note/${objectId}`);
    expect(JSON.stringify(body)).not.toContain('2020');
  });

  it('counts, with or without the objects', async () => {
    await create('Note', { text: 'a' });
    await create('Note', { text: 'b' });
    expect((await call('GET', '/classes/Note?count=1&limit=0')).body).toEqual({ results: [], count: 2 });
    expect((await call('GET', `/classes/Note?count=1&limit=1&${where({ text: 'b' })}`)).body).toMatchObject({
      results: [{ text: 'b' }],
      count: 1,
    });
  });

  it('takes no name that a class cannot have', async () => {
    expect((await call('POST', '/classes/my-notes', { text: 'a' })).body).toEqual({
      code: 107,
      error: 'schema class name does not revalidate',
    });
    expect((await call('GET', '/classes/my-notes')).body).toEqual({ results: [] });
  });

  it('follows a relation whose class is not known', async () => {
    const ann = await signUp('ann');
    const user = { __type: 'Pointer', className: '_User', objectId: ann.objectId };
    const objectId = await create('Note', { watchers: { __op: 'AddRelation', objects: [user] } });
    const related = where({
      $relatedTo: { object: { __type: 'Pointer', className: 'Note', objectId }, key: 'watchers' },
    });
    const { body } = await call('GET', `/classes/Note?redirectClassNameForKey=watchers&${related}`, undefined, MASTER);
    expect(body).toMatchObject({ results: [{ className: '_User', objectId: ann.objectId, username: 'ann' }] });
  });

  it('shows of an included object what is asked for, and leaves out what is not', async () => {
    const ann = await signUp('ann', { email: 'ann@example.com', phone: '123' });
    await create('Note', { text: 'a', owner: { __type: 'Pointer', className: '_User', objectId: ann.objectId } });
    const ownerOf = async (parameters: string): Promise<object | undefined> => {
      const { body } = await call('GET', `/classes/Note?${parameters}`, undefined, MASTER);
      return (body as { results: { owner: object }[] }).results[0]?.owner;
    };
    expect(await ownerOf('keys=owner.username')).toEqual({
      __type: 'Object',
      className: '_User',
      objectId: ann.objectId,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      ACL: expect.any(Object),
      username: 'ann',
    });
    const owner = await ownerOf('excludeKeys=text,owner.phone,owner.objectId');
    expect(owner).toMatchObject({ objectId: ann.objectId, username: 'ann', email: 'ann@example.com' });
    expect(owner).not.toHaveProperty('phone');
  });

  it('includes every pointer when it is asked for all', async () => {
    const ann = await signUp('ann');
    const owner = { __type: 'Pointer', className: '_User', objectId: ann.objectId };
    await create('Note', { text: 'a', owner, readers: [owner] });
    for (const parameters of ['include=*', 'includeAll=true', 'include=owner,readers']) {
      expect((await call('GET', `/classes/Note?${parameters}`, undefined, MASTER)).body).toMatchObject({
        results: [{ owner: { __type: 'Object', username: 'ann' }, readers: [{ __type: 'Object', username: 'ann' }] }],
      });
    }
  });
});

describe('maxLimit', () => {
  it('caps what a client asks for, but neither what it includes nor what Parse gives by itself', async () => {
    const capped = createClient({ maxLimit: 2 });
    const ids: string[] = [];
    for (const text of ['a', 'b', 'c']) {
      const { body } = await capped.call('POST', '/classes/Note', { text });
      ids.push((body as { objectId: string }).objectId);
    }
    const notes = ids.map((objectId) => ({ __type: 'Pointer', className: 'Note', objectId }));
    await capped.call('POST', '/classes/List', { notes });
    const found = async (path: string): Promise<{ text?: string; notes?: object[] }[]> =>
      ((await capped.call('GET', path)).body as { results: [] }).results;
    expect(await found('/classes/Note?limit=3')).toHaveLength(2);
    expect(await found('/classes/Note')).toHaveLength(3);
    expect((await found('/classes/List?include=notes'))[0]?.notes).toMatchObject([
      { text: 'a' },
      { text: 'b' },
      { text: 'c' },
    ]);
    await capped.emulator.close();
  });
});

describe('/users', () => {
  it('shows the session token to the user alone, on the way by id', async () => {
    const ann = await signUp('ann', { ACL: { '*': { read: true } } });
    expect((await call('GET', `/users/${ann.objectId}`, undefined, as(ann.sessionToken))).body).toMatchObject({
      sessionToken: ann.sessionToken,
    });
    for (const headers of [undefined, MASTER]) {
      expect((await call('GET', `/users/${ann.objectId}`, undefined, headers)).body).not.toHaveProperty('sessionToken');
    }
  });
});

describe('/installations', () => {
  it('can be made by clients, but not listed', async () => {
    const fields = { deviceType: 'ios', deviceToken: 'abc' };
    expect((await call('POST', '/installations', fields)).status).toBe(201);
    expect(await call('GET', '/installations')).toMatchObject({
      status: 400,
      body: { code: 119, error: 'Permission denied' },
    });
    expect((await call('GET', '/installations', undefined, MASTER)).body).toMatchObject({ results: [fields] });
  });
});

describe('/sessions', () => {
  it('has the session of the token at /sessions/me', async () => {
    const ann = await signUp('ann');
    expect((await call('GET', '/sessions/me', undefined, as(ann.sessionToken))).body).toMatchObject({
      sessionToken: ann.sessionToken,
      user: { objectId: ann.objectId },
    });
  });

  it('opens one more by upgradeToRevocableSession', async () => {
    const ann = await signUp('ann');
    const { body } = await call('POST', '/upgradeToRevocableSession', {}, as(ann.sessionToken));
    const { sessionToken } = body as { sessionToken: string };
    expect(body).toMatchObject({ createdWith: { action: 'upgrade' }, user: { objectId: ann.objectId } });
    expect((await call('GET', '/users/me', undefined, as(sessionToken))).body).toMatchObject({ username: 'ann' });
    expect(await call('POST', '/upgradeToRevocableSession', {})).toMatchObject({
      status: 404,
      body: { code: 101, error: 'invalid session' },
    });
  });
});

describe('paths', () => {
  it.each([
    ['GET', '/userz'],
    ['DELETE', '/users'],
    ['PUT', '/login'],
    ['PATCH', '/users/abc'],
    ['GET', '/'],
  ])('that are not there are a 404 page: %s %s', async (method, path) => {
    const { status, body } = await call(method, path);
    expect(status).toBe(404);
    expect(body).toContain('<!DOCTYPE html>');
  });

  it('that are not properly encoded are a 400', async () => {
    expect(await call('GET', '/users/%E0%A4%A')).toMatchObject({
      status: 400,
      body: { error: "Failed to decode param '%E0%A4%A'" },
    });
  });
});
