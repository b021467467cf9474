import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../src/http/wire/message.ts';
import { APP_ID, createFakeApp, jsonOf, openSession } from '../../support/fake-app.ts';

const { handle, parts } = createFakeApp();
const sessionToken = openSession(parts);

const ask = async (method: string, path: string, body: unknown = '', headers: HttpRequest['headers'] = APP_ID) => {
  const text = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  return handle({ method, url: `/parse${path}`, headers, body: text });
};

describe('a REST call', () => {
  it('reaches rest/ with its path, parameters and body', async () => {
    const answer = await ask('PUT', '/classes/Todo/1?keys=title,done&limit=1', { title: 'é' });
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json; charset=utf-8' } });
    expect(jsonOf(answer)).toMatchObject({
      method: 'PUT',
      path: '/classes/Todo/1',
      query: { keys: 'title,done', limit: '1' },
      body: { title: 'é' },
      auth: { isMaster: false },
    });
  });

  it.each([
    ['application/json', '{"a":1}', { a: 1 }],
    ['text/plain', '{"a":1}', { a: 1 }],
    [undefined, '{"a":1}', { a: 1 }],
    ['application/x-www-form-urlencoded', 'a=1&b=x+y&b=%C3%A9', { a: '1', b: ['x y', 'é'] }],
    ['application/json', '[]', []],
    ['application/json', '', null],
    ['multipart/form-data; boundary=x', 'anything', null],
  ])('as %s: %s', async (type, text, body) => {
    expect(jsonOf(await ask('POST', '/users', text, { ...APP_ID, 'content-type': type }))['body']).toEqual(body);
  });

  it.each([
    ['{ not JSON', 400],
    ['null', 400],
    ['"x"', 400],
  ])('with the body %s: %i before anything else', async (text, status) => {
    const answer = await ask('POST', '/users', text, {});
    expect(answer.status).toBe(status);
    expect(jsonOf(answer)).toEqual({ error: expect.any(String) });
  });

  it('with a body beyond maxUploadSize: 413', async () => {
    const { handle: small } = createFakeApp({ maxUploadSize: '1kb' });
    const send = (length: number) =>
      small({ method: 'POST', url: '/parse/users', headers: APP_ID, body: JSON.stringify({ a: 'x'.repeat(length) }) });
    expect((await send(1000)).status).toBe(200);
    const answer = await send(1024);
    expect([answer.status, jsonOf(answer)]).toEqual([413, { error: 'request entity too large' }]);
  });

  it('that leads nowhere: a page with 404 that cannot be written into', async () => {
    const answer = await ask('GET', '/nowhere');
    expect(answer).toMatchObject({ status: 404, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(answer.body).toContain('Cannot GET /parse/nowhere');
    const page = await handle({ method: 'GET', url: '/<script>alert(1)</script>', headers: {}, body: '' });
    expect(page.body).not.toContain('<script>');
  });

  it('without the application id: 403', async () => {
    expect((await ask('GET', '/nowhere', '', {})).status).toBe(403);
  });

  it('by HEAD has no body', async () => {
    expect(await ask('HEAD', '/users')).toMatchObject({ status: 200, body: '' });
  });
});

describe('a method in the body', () => {
  it.each([
    ['POST', 'GET', 'GET'],
    ['POST', 'put', 'PUT'],
    ['POST', 5, 'POST'],
    ['PUT', 'DELETE', 'PUT'],
  ])('%s with _method %j is a %s', async (method, _method, expected) => {
    const { method: asked, body } = jsonOf(await ask(method, '/users', { a: 1, _method }));
    expect(asked).toBe(expected);
    expect(body).toEqual(method === 'POST' ? { a: 1 } : { a: 1, _method });
  });
});

describe('the SDK, which puts its credentials into the body,', () => {
  const sdk = (fields: object, headers: HttpRequest['headers'] = { 'content-type': 'text/plain' }, path = '/users') =>
    ask('POST', path, { _ApplicationId: 'APPLICATION_ID', ...fields }, headers);

  it('is known, and its body is clean', async () => {
    const { body, auth } = jsonOf(
      await sdk({
        _ClientVersion: 'js8',
        _InstallationId: 'phone',
        _SessionToken: sessionToken,
        _RevocableSession: '1',
        _context: {},
        a: 1,
      }),
    );
    expect(body).toEqual({ a: 1 });
    expect(auth).toMatchObject({ isMaster: false, installationId: 'phone', user: { username: 'user0' } });
    expect(jsonOf(await sdk({ _MasterKey: 'MASTER_KEY' }))['auth']).toEqual({ isMaster: true });
  });

  it('is not looked for when the headers name the application', async () => {
    const { body, auth } = jsonOf(await sdk({ _SessionToken: sessionToken }, APP_ID));
    expect(body).toEqual({ _ApplicationId: 'APPLICATION_ID', _SessionToken: sessionToken });
    expect(auth).toEqual({ isMaster: false });
  });

  it.each([
    [{ _ApplicationId: 'ANOTHER' }],
    [{ _ApplicationId: { a: 1 } }],
    [{ _SessionToken: { a: 1 } }],
    [{ _InstallationId: 5 }],
    [{ _MasterKey: ['MASTER_KEY'] }],
    [{ _ContentType: {} }],
  ])('is unauthorized with %j', async (fields) => {
    expect((await sdk(fields)).status).toBe(403);
  });

  it('is unauthorized with a wrong master key in the headers, refused with a bad context or token', async () => {
    expect((await sdk({}, { 'x-parse-master-key': 'WRONG' })).status).toBe(403);
    expect(jsonOf(await sdk({ _context: 'rubbish' }))).toEqual({ code: 107, error: 'Invalid object for context.' });
    expect(jsonOf(await sdk({ _SessionToken: 'r:dead' }))).toEqual({ code: 209, error: 'Invalid session token' });
  });

  it('sends its JavaScript key, and files in base 64', async () => {
    const { handle: locked } = createFakeApp({ javascriptKey: 'JS' });
    const send = (_JavaScriptKey: string) =>
      locked({
        method: 'POST',
        url: '/parse/users',
        headers: {},
        body: JSON.stringify({ _ApplicationId: 'APPLICATION_ID', _JavaScriptKey }),
      });
    expect((await send('WRONG')).status).toBe(403);
    expect((await send('JS')).status).toBe(200);
    const file = jsonOf(await sdk({ base64: btoa('hello'), _ContentType: 'text/csv' }, {}, '/files/a.csv'));
    expect(file).toMatchObject({ path: '/files/a.csv', body: { bytes: 'hello' }, type: 'text/csv' });
  });
});

describe('a session token', () => {
  const dead = { ...APP_ID, 'x-parse-session-token': 'r:dead' };

  it('that is dead spoils every call but a log-in and the health', async () => {
    expect((await ask('GET', '/users', '', dead)).status).toBe(400);
    expect(jsonOf(await ask('POST', '/login', {}, dead))['auth']).toEqual({ isMaster: false });
    expect(jsonOf(await ask('GET', '/Login/', '', dead))['auth']).toEqual({ isMaster: false });
    expect(jsonOf(await ask('GET', '/health', '', dead))).toEqual({ status: 'ok' });
  });

  it('is handed on as it is to the route that judges it by itself', async () => {
    const auth = { isMaster: false, sessionToken: 'r:dead' };
    expect(jsonOf(await ask('GET', '/sessions/me', '', dead))['auth']).toEqual(auth);
    expect(jsonOf(await ask('POST', '/sessions/me', { _method: 'GET' }, dead))['auth']).toEqual(auth);
    expect((await ask('PUT', '/sessions/me', '', dead)).status).toBe(400);
  });
});

describe('files', () => {
  const put = (name: string, contentType: string, base64: string) =>
    parts.store.transact((transaction) =>
      transaction.put('_File', { objectId: name, createdAt: '', updatedAt: '', contentType, base64 }),
    );
  put('a.txt', 'x/y', btoa('hello'));
  put('b.unknown', 'x/y', 'AP8=');

  it('are served to anybody by their names', async () => {
    const text = await ask('GET', '/files/APPLICATION_ID/a.txt', '', {});
    expect(text).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
    });
    expect(text.body).toEqual(new TextEncoder().encode('hello'));
    const bytes = await ask('GET', '/files/APPLICATION_ID/b%2Eunknown', '', {});
    expect(bytes).toMatchObject({ headers: { 'content-type': 'x/y' }, body: new Uint8Array([0, 255]) });
  });

  it.each([
    ['/files/APPLICATION_ID/c.txt', 404, 'File not found.'],
    ['/files/ANOTHER/a.txt', 403, '{"error":"Permission denied"}'],
    ['/files/APPLICATION_ID/%E0%A4%A', 404, 'File not found.'],
  ])('%s: %i', async (path, status, body) => {
    expect(await ask('GET', path, '', {})).toMatchObject({ status, body });
  });

  it('are uploaded as bytes, whatever their type', async () => {
    const headers = { ...APP_ID, 'content-type': 'application/json' };
    const { method, path, body } = jsonOf(await ask('POST', '/files/a.json', '{"a":', headers));
    expect({ method, path, body }).toEqual({ method: 'POST', path: '/files/a.json', body: { bytes: '{"a":' } });
    expect(jsonOf(await ask('DELETE', '/files/a.json'))).toMatchObject({ method: 'DELETE', path: '/files/a.json' });
    expect(jsonOf(await ask('POST', '/files'))).toEqual({ code: 122, error: 'Filename not provided.' });
  });
});
