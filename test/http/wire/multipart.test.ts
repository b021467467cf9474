import { describe, expect, it } from 'vitest';
import { createEmulator } from '../../../src/index.ts';
import { APP_ID, createFakeApp, jsonOf } from '../../support/fake-app.ts';

const { handle } = createFakeApp({ maxUploadSize: '1kb' });

const QUERY = { query: 'mutation U($file: Upload) { upload(file: $file) }', variables: { file: null } };
const field = (name: string, value: unknown): string =>
  `Content-Disposition: form-data; name="${name}"\r\n\r\n${typeof value === 'string' ? value : JSON.stringify(value)}`;
const file = (name: string, content: string, filename = 'C:\\été.txt'): string =>
  `content-disposition: form-data; name="${name}"; filename="${filename}"\r\nContent-Type: text/plain\r\n\r\n${content}`;

const send = (parts: readonly string[], headers = {}) =>
  handle({
    method: 'POST',
    url: '/graphql',
    headers: { ...APP_ID, 'content-type': 'multipart/form-data; boundary="b-1"', ...headers },
    body: new TextEncoder().encode(`preamble\r\n${parts.map((part) => `--b-1\r\n${part}\r\n`).join('')}--b-1--\r\n`),
  });

describe('a GraphQL multipart request', () => {
  it('puts its files into the variables, byte by byte', async () => {
    const answer = await send([
      field('operations', QUERY),
      field('map', { 0: ['variables.file'] }),
      file('0', 'é\r\n--b-\r\n\r\n'),
    ]);
    expect(jsonOf(answer)).toEqual({ data: { upload: '\u00e9t\u00e9.txt text/plain é\r\n--b-\r\n\r\n' } });
  });

  it('needs no file', async () => {
    expect(jsonOf(await send([field('operations', { query: '{ health }' }), field('map', {})]))).toEqual({
      data: { health: true },
    });
  });

  it.each([
    ['no parts', [], 400],
    ['no map', [field('operations', QUERY)], 400],
    ['operations that are no JSON', [field('operations', '{'), field('map', {})], 400],
    ['operations that are no object', [field('operations', '5'), field('map', {})], 400],
    ['a map that is a list', [field('operations', QUERY), field('map', [])], 400],
    ['paths that are no list', [field('operations', QUERY), field('map', { 0: 'variables.file' }), file('0', '')], 400],
    [
      'a path that leads nowhere',
      [field('operations', QUERY), field('map', { 0: ['variables.a.b'] }), file('0', '')],
      400,
    ],
    [
      'a path into a prototype',
      [field('operations', QUERY), field('map', { 0: ['__proto__.polluted'] }), file('0', '')],
      400,
    ],
    ['a field before its map', [field('operations', QUERY), field('x', {}), field('map', {})], 400],
    ['fields in the wrong order', [field('map', {}), field('operations', QUERY)], 400],
    [
      'a file before its map',
      [file('0', ''), field('operations', QUERY), field('map', { 0: ['variables.file'] })],
      400,
    ],
    [
      'a file that is too large',
      [field('operations', QUERY), field('map', { 0: ['variables.file'] }), file('0', 'x'.repeat(1025))],
      413,
    ],
  ])('with %s is refused', async (_what, parts, status) => {
    expect(await send(parts)).toMatchObject({ status, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it('without a boundary or an end is an error of the server, as with Parse Server', async () => {
    expect((await send([], { 'content-type': 'multipart/form-data' })).status).toBe(500);
    expect((await send([], { 'content-type': 'multipart/form-data; boundary=other' })).status).toBe(500);
  });

  it('with a file that has not come, or not whole, tells whoever wants to keep it', async () => {
    const emulator = createEmulator({ fileUpload: { enableForPublic: true } });
    const create = 'mutation ($file: Upload!) { createFile(input: { upload: $file }) { fileInfo { name } } }';
    const ask = async (query: string, rest: string): Promise<unknown> => {
      const fields = [
        field('operations', { query, variables: { file: null } }),
        field('map', { 0: ['variables.file'] }),
      ];
      const headers = { ...APP_ID, 'content-type': 'multipart/form-data; boundary=b' };
      const body = `${fields.map((part) => `--b\r\n${part}\r\n`).join('')}${rest}`;
      const answer = await emulator.handle({ method: 'POST', url: '/graphql', headers, body });
      return answer.status === 200 ? JSON.parse(String(answer.body)) : answer.status;
    };
    const whole = `--b\r\n${file('0', 'hello', 'a.txt')}`;
    const failed = (message: string) => ({
      data: { createFile: null },
      errors: [{ message, path: ['createFile'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
    expect(await ask(create, '--b--')).toMatchObject(failed('File missing in the request.'));
    for (const cut of [whole, whole.slice(0, 30), whole.slice(0, -3)])
      expect(await ask(create, cut)).toMatchObject(failed('Unexpected end of form'));
    expect(await ask('{ health }', whole)).toEqual({ data: { health: true } });
    expect(await ask(create, '')).toBe(500);
  });

  it('finds each file at once, however many there are', async () => {
    // a look through all of them for each would be 1.6 billion looks
    const names = Array.from({ length: 40_000 }, (_, n) => `${n}`);
    const map = Object.fromEntries(names.map((name) => [name, name === '0' ? ['variables.file'] : []]));
    const files = names.map((name) => `Content-Disposition: form-data; name="${name}"; filename="a"\r\n\r\nx`);
    const answer = await send([field('operations', QUERY), field('map', map), ...files]);
    expect(jsonOf(answer)).toEqual({ data: { upload: 'a text/plain x' } });
  });

  it('with several operations is a batch', async () => {
    const answer = await send([field('operations', [QUERY]), field('map', {})]);
    expect(jsonOf(answer)).toMatchObject({ errors: [{ message: 'Operation batching disabled.' }] });
  });
});
