import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { APP, createClient, MASTER } from '../../support/rest-client.ts';

const { emulator, call, signUp } = createClient({
  functions: {
    echo: ({ params, user, master }) => ({ params, master, username: user?.['username'] }),
    when: () => new Date(0),
    nothing: () => undefined,
    many: () => [new Date(0), { inner: undefined, list: [1, 'a', null] }],
    fail: () => {
      throw new Error('no luck');
    },
  },
});

afterEach(() => emulator.reset());
afterAll(() => emulator.close());

describe('/functions/:name', () => {
  it('hands over what body and address say, and who asks', async () => {
    const { sessionToken } = await signUp('ann');
    const { body } = await call(
      'POST',
      '/functions/echo?b=2',
      { a: 1 },
      { ...APP, 'X-Parse-Session-Token': sessionToken },
    );
    expect(body).toEqual({ result: { params: { a: 1, b: '2' }, master: false, username: 'ann' } });
  });

  it.each([
    ['when', { result: { __type: 'Date', iso: '1970-01-01T00:00:00.000Z' } }],
    ['nothing', {}],
    ['many', { result: [{ __type: 'Date', iso: '1970-01-01T00:00:00.000Z' }, { list: [1, 'a', null] }] }],
  ])('answers in JSON with dates in Parse’s form: %s', async (name, expected) => {
    expect((await call('POST', `/functions/${name}`, {})).body).toEqual(expected);
  });

  it.each([
    ['fail', 141, 'no luck'],
    ['unknown', 141, 'Invalid function: "unknown"'],
  ])('refuses with code 141: %s', async (name, code, error) => {
    expect(await call('POST', `/functions/${name}`, {})).toMatchObject({ status: 400, body: { code, error } });
  });
});

describe('/config', () => {
  it('is empty at first', async () => {
    expect((await call('GET', '/config')).body).toMatchObject({ params: {} });
  });

  it('is written by the master key, part by part, and read by all but for what is kept back', async () => {
    expect(
      (await call('PUT', '/config', { params: { colour: 'red', secret: 1 }, masterKeyOnly: { secret: true } }, MASTER))
        .body,
    ).toEqual({
      result: true,
    });
    await call('PUT', '/config', { params: { size: 5 } }, MASTER);
    expect((await call('GET', '/config')).body).toMatchObject({ params: { colour: 'red', size: 5 } });
    expect(JSON.stringify((await call('GET', '/config')).body)).not.toContain('secret":1');
    expect((await call('GET', '/config', undefined, MASTER)).body).toMatchObject({ params: { secret: 1 } });
    expect((await call('PUT', '/config', { params: { colour: 'blue' } })).status).toBe(403);
  });
});

describe('/files', () => {
  it('keeps what is uploaded, serves it, and deletes it for the master key', async () => {
    const { status, location, body } = await call('POST', '/files/hello.txt', 'hello', {
      ...MASTER,
      'Content-Type': 'text/plain',
    });
    const { name, url } = body as { name: string; url: string };
    expect(status).toBe(201);
    expect(location).toBe(url);
    expect(name).toMatch(/^[0-9a-f]{32}_hello\.txt$/);
    expect(url).toBe(`http://localhost:1337/parse/files/APPLICATION_ID/${name}`);
    expect(await (await emulator.fetch(new Request(url))).text()).toBe('hello');
    expect(await call('DELETE', `/files/${name}`, {})).toMatchObject({
      status: 403,
      body: { error: 'Permission denied' },
    });
    expect((await call('DELETE', `/files/${name}`, undefined, MASTER)).status).toBe(200);
    expect((await emulator.fetch(new Request(url))).status).toBe(404);
  });

  it.each([
    ['/files', '{}', 122, 'Filename not provided.'],
    ['/files/a%2Fb.txt', 'x', 122, 'Filename contains invalid characters.'],
    [`/files/${'a'.repeat(129)}`, 'x', 122, 'Filename too long.'],
    ['/files/hello.txt', '', 130, 'Invalid file upload.'],
  ])('refuses a bad upload to %s', async (path, bytes, code, error) => {
    expect((await call('POST', path, bytes, MASTER)).body).toEqual({ code, error });
  });
});

describe('what the Parse Dashboard asks for', () => {
  it('is a Parse Server 9.10 with its features', async () => {
    expect((await call('GET', '/serverInfo', undefined, MASTER)).body).toMatchObject({
      parseServerVersion: '9.10.0',
      features: { schemas: { addField: true, editClassLevelPermissions: true }, globalConfig: { update: true } },
    });
  });

  it.each([
    ['/hooks/functions', []],
    ['/hooks/triggers', []],
    ['/cloud_code/jobs', []],
    ['/cloud_code/jobs/data', { in_use: [], jobs: [] }],
    ['/scriptlog?n=100&level=info', []],
  ])('has nothing at %s, for the master key', async (path, expected) => {
    expect((await call('GET', path, undefined, MASTER)).body).toEqual(expected);
    expect((await call('GET', path)).status).toBe(403);
  });
});

describe('/events', () => {
  it('takes analytics and forgets them', async () => {
    expect(await call('POST', '/events/AppOpened', {})).toMatchObject({ status: 200, body: {} });
    expect(await call('POST', '/events/search', { dimensions: { price: '5' } })).toMatchObject({
      status: 200,
      body: {},
    });
  });
});
