import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createClient, MASTER } from '../../support/rest-client.ts';

const { emulator, call } = createClient();

afterEach(() => emulator.reset());
afterAll(() => emulator.close());

const master = (method: string, path: string, body?: unknown): ReturnType<typeof call> =>
  call(method, path, body, MASTER);

describe('/schemas', () => {
  it('makes a class, named by the path or by the body', async () => {
    const { status, body } = await master('POST', '/schemas/Todo', { fields: { title: { type: 'String' } } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      className: 'Todo',
      fields: { objectId: { type: 'String' }, title: { type: 'String' } },
      classLevelPermissions: { find: { '*': true } },
    });
    expect((await master('POST', '/schemas', { className: 'Memo' })).body).toMatchObject({ className: 'Memo' });
    expect((await master('GET', '/schemas')).body).toMatchObject({
      results: expect.arrayContaining([
        expect.objectContaining({ className: 'Memo' }),
        expect.objectContaining({ className: '_User' }),
      ]),
    });
  });

  it('adds fields to a class and takes them away', async () => {
    await master('POST', '/schemas/Todo', { fields: { title: { type: 'String' } } });
    const fields = { level: { type: 'Number' }, title: { __op: 'Delete' } };
    const { body } = await master('PUT', '/schemas/Todo', { className: 'Todo', fields });
    expect(Object.keys((body as { fields: object }).fields)).toEqual([
      'objectId',
      'createdAt',
      'updatedAt',
      'ACL',
      'level',
    ]);
  });

  it('deletes a class that is empty, and one that is not there', async () => {
    await master('POST', '/schemas/Todo', {});
    await call('POST', '/classes/Todo', {});
    expect((await master('DELETE', '/schemas/Todo')).body).toMatchObject({ code: 255 });
    await master('DELETE', '/purge/Todo');
    expect(await master('DELETE', '/schemas/Todo')).toMatchObject({ status: 200, body: {} });
    expect(await master('DELETE', '/schemas/Todo')).toMatchObject({ status: 200, body: {} });
    expect((await master('GET', '/schemas/Todo')).body).toEqual({ code: 103, error: 'Class Todo does not exist.' });
  });

  it.each([
    ['POST', '/schemas', {}, 135, 'POST /schemas needs a class name.'],
    ['POST', '/schemas/Todo', { className: 'Memo' }, 103, 'Class name mismatch between Memo and Todo.'],
    ['PUT', '/schemas/_User', { className: '_Role' }, 103, 'Class name mismatch between _Role and _User.'],
    ['POST', '/schemas/_User', {}, 103, 'Class _User already exists.'],
    ['PUT', '/schemas/Nothing', {}, 103, 'Class Nothing does not exist.'],
    ['PUT', '/schemas/_User', { fields: { title: 'String' } }, 107, 'invalid JSON'],
    ['PUT', '/schemas/_User', { fields: { username: { __op: 'Delete' } } }, 136, 'field username cannot be changed'],
    [
      'DELETE',
      '/schemas/my-class',
      undefined,
      103,
      'Invalid classname: my-class, classnames can only have alphanumeric characters and _, and must start with an alpha character ',
    ],
  ])('%s %s of %j is refused with %i', async (method, path, body, code, error) => {
    expect(await master(method, path, body)).toMatchObject({ status: 400, body: { code, error } });
  });

  it.each([
    ['GET', '/schemas'],
    ['GET', '/schemas/_User'],
    ['POST', '/schemas'],
    ['POST', '/schemas/Todo'],
    ['PUT', '/schemas/_User'],
    ['DELETE', '/schemas/Todo'],
    ['DELETE', '/purge/_User'],
  ])('%s %s takes the master key', async (method, path) => {
    const body = method === 'GET' ? undefined : {};
    expect(await call(method, path, body)).toMatchObject({ status: 403, body: { error: 'Permission denied' } });
  });
});

describe('/schemas with lockSchemas', () => {
  it('only shows classes', async () => {
    const locked = createClient({ schema: { lockSchemas: true } });
    const refusal = { code: 119, error: 'Cannot perform this operation when schemas options is used.' };
    expect((await locked.call('POST', '/schemas/Todo', {}, MASTER)).body).toEqual(refusal);
    expect((await locked.call('PUT', '/schemas/_User', {}, MASTER)).body).toEqual(refusal);
    expect((await locked.call('GET', '/schemas/_User', undefined, MASTER)).status).toBe(200);
    await locked.emulator.close();
  });
});

describe('/purge', () => {
  it('takes all objects of a class away', async () => {
    await call('POST', '/classes/Note', { ACL: {} });
    await call('POST', '/classes/Note', {});
    expect(await master('DELETE', '/purge/Note')).toMatchObject({ status: 200, body: {} });
    expect((await master('GET', '/classes/Note')).body).toEqual({ results: [] });
    expect((await master('GET', '/schemas/Note')).status).toBe(200);
  });
});
