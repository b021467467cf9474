import { beforeEach, describe, expect, it } from 'vitest';
import { createClient, MASTER } from '../support/rest-client.ts';

const { call, emulator, signUp } = createClient();
let objectId: string;

beforeEach(async () => {
  await emulator.reset();
  const { body } = await call('POST', '/classes/Note', { prefs: { theme: 'dark', deep: { level: 1 } }, level: 1 });
  ({ objectId } = body as { objectId: string });
});

const put = async (fields: object): Promise<unknown> => (await call('PUT', `/classes/Note/${objectId}`, fields)).body;
const prefs = async (): Promise<unknown> => {
  const { body } = await call('GET', `/classes/Note/${objectId}`);
  return (body as { prefs: unknown }).prefs;
};
const updated = { updatedAt: expect.any(String) };

describe('a dotted name', () => {
  it('writes one member of an object, and leaves the others', async () => {
    expect(await put({ 'prefs.theme': 'light', 'prefs.deep.size': { a: 1 } })).toEqual(updated);
    expect(await prefs()).toEqual({ theme: 'light', deep: { level: 1, size: { a: 1 } } });
  });

  it('takes operations, and answers what they came to', async () => {
    expect(await put({ 'prefs.deep.level': { __op: 'Increment', amount: 4 } })).toEqual({
      ...updated,
      prefs: { deep: { level: 5 } },
    });
    await put({ 'prefs.tags': { __op: 'AddUnique', objects: ['a'] } });
    await put({ 'prefs.theme': { __op: 'Delete' }, 'prefs.nothing': { __op: 'Delete' } });
    expect(await prefs()).toEqual({ deep: { level: 5 }, tags: ['a'] });
  });

  it('makes the field and the objects on its way', async () => {
    await call('POST', '/classes/Note', { 'fresh.a.b': 1, 'prefs.x': 2 });
    const where = encodeURIComponent('{"fresh.a.b":1}');
    expect((await call('GET', `/classes/Note?where=${where}`)).body).toMatchObject({
      results: [{ fresh: { a: { b: 1 } }, prefs: { x: 2 } }],
    });
    expect((await call('GET', '/schemas/Note', undefined, MASTER)).body).toMatchObject({
      fields: { fresh: { type: 'Object' } },
    });
  });

  it('goes on from the whole field when both are written', async () => {
    await put({ prefs: { a: 1 }, 'prefs.b': 2 });
    expect(await prefs()).toEqual({ a: 1, b: 2 });
  });

  it.each<[object, number, string]>([
    [{ 'level.x': 1 }, 111, 'schema mismatch for Note.level; expected Number but got Object'],
    [{ 'ACL.x': 1 }, 111, 'schema mismatch for Note.ACL; expected ACL but got Object'],
    [{ 'createdAt.x': 1 }, 111, 'schema mismatch for Note.createdAt; expected Date but got Object'],
    [{ 'prefs.': 1 }, 105, 'Invalid field name for update: prefs.'],
    [{ 'prefs.$set': 1 }, 105, 'Invalid field name for update: prefs.$set'],
    [{ 'prefs.__proto__.x': 1 }, 105, 'Prohibited keyword in request data: {"key":"__proto__"}.'],
    [{ 'prefs.constructor': 1 }, 105, 'Prohibited keyword in request data: {"key":"constructor"}.'],
    [{ 'prefs.x': { $bad: 1 } }, 121, "Nested keys should not contain the '$' or '.' characters"],
  ])('is refused in %j', async (fields, code, error) => {
    const before = emulator.snapshot();
    expect(await put(fields)).toEqual({ code, error });
    expect(emulator.snapshot()).toEqual(before);
  });

  it('reaches nothing of a user that is hidden or has rules of its own', async () => {
    const ann = await signUp('ann');
    const before = emulator.snapshot();
    for (const name of ['_hashed_password.x', 'password.x', 'authData.anonymous', 'authData.facebook.id', 'ACL.*']) {
      const answer = await call('PUT', `/users/${ann.objectId}`, { [name]: { id: '1' } }, MASTER);
      expect(answer).toMatchObject({ status: 400 });
    }
    expect(emulator.snapshot()).toEqual(before);
  });

  it('of a thousand levels is refused at once', async () => {
    expect(await put({ [`prefs${'.a'.repeat(1000)}`]: 1 })).toMatchObject({ code: 105 });
  });
});
