import { createServer as createHttp } from 'node:http';
import { connect as connectHttp2, createServer as createHttp2 } from 'node:http2';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, onTestFinished } from 'vitest';
import { createEmulator, type Emulator } from '../../../../src/index.ts';
import { startServer, toMiddleware } from '../../../../src/node/index.ts';
import { createArrivals } from '../../../../src/node/server/bodies/arrivals.ts';
import { Pieces } from '../../../../src/node/server/bodies/pieces.ts';
import { eventually } from '../../../support/eventually.ts';

const MB = 1024 ** 2;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

it('lets bodies arrive together up to a bound, then one after the other, and small ones always', () => {
  const resumed: string[] = [];
  const arrivals = createArrivals(10 * MB);
  const begin = (name: string) => arrivals.begin(() => resumed.push(name));
  const [first, second, small] = [begin('first'), begin('second'), begin('small')];
  expect(first.take(6 * MB)).toBe(true);
  expect(second.take(6 * MB)).toBe(false);
  expect(first.take(20 * MB)).toBe(true); // the first goes on, or nobody would come to an end
  expect(small.take(200_000)).toBe(true);
  first.end();
  expect(resumed).toEqual(['second', 'small']);
  expect(second.take(20 * MB)).toBe(true);
  second.end();
  second.end(); // once is enough
  const later = begin('later');
  expect(later.take(9 * MB)).toBe(true);
});

const open = async (server: Server): Promise<number> => {
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

/** A connection that says what it is asked to, and what it was told so far. */
const dial = async (port: number): Promise<{ socket: Socket; said: () => string; first: Promise<string> }> => {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let said = '';
  const first = new Promise<string>((resolve) => {
    socket.on('data', (chunk) => {
      said += chunk;
      resolve(said);
    });
  });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return { socket, said: () => said, first };
};

const start = async (options = {}) => {
  const server = await startServer({ port: 0, bcryptRounds: 4, ...options });
  onTestFinished(() => server.close());
  return server;
};

const head = (path: string, headers: readonly string[]): string =>
  [`POST ${path} HTTP/1.1`, 'Host: localhost', ...headers, '', ''].join('\r\n');

it.each([
  ['a file, of nobody', '/parse/files/a.bin', ['Content-Type: application/octet-stream'], /^HTTP\/1.1 403/],
  [
    'a file, of another application',
    '/parse/files/a.bin',
    ['Content-Type: image/png', 'X-Parse-Application-Id: OTHER'],
    /^HTTP\/1.1 403/,
  ],
  ['GraphQL, of nobody', '/graphql', ['Content-Type: application/json'], /^HTTP\/1.1 403/],
  ['a form of GraphQL, of nobody', '/graphql', ['Content-Type: multipart/form-data; boundary=x'], /^HTTP\/1.1 403/],
  ['no route', '/nowhere', ['Content-Type: text/plain'], /^HTTP\/1.1 404/],
  ['more than is read', '/parse/users', ['X-Parse-Application-Id: APPLICATION_ID'], /^HTTP\/1.1 413/],
])('answers %s before any of its body has come', async (_, path, headers, expected) => {
  const { port } = await start();
  const { socket, first } = await dial(port);
  socket.write(head(path, [...headers, `Content-Length: ${30 * MB}`]));
  expect(await first).toMatch(expected);
});

it('holds little of many uploads that do not end, and lets others in meanwhile', async () => {
  const { port, url } = await start({ maxUploadSize: '40mb' });
  const before = process.memoryUsage();
  const uploads = await Promise.all(Array.from({ length: 20 }, () => dial(port)));
  const part = new Uint8Array(MB); // one for all, so that this process measures what arrives
  const headers = ['X-Parse-Application-Id: APPLICATION_ID', 'Content-Type: image/png', `Content-Length: ${30 * MB}`];
  for (const { socket } of uploads) {
    socket.write(head('/parse/files/a.png', headers));
    for (let i = 0; i < 29; i++) socket.write(part); // what is not taken waits at the sender
  }
  const signUp = await fetch(`${url}/parse/users`, {
    method: 'POST',
    headers: { 'X-Parse-Application-Id': 'APPLICATION_ID' },
    body: JSON.stringify({ username: 'ann', password: 'x' }),
  });
  expect(signUp.status).toBe(201);
  const sent = uploads.reduce((sum, { socket }) => sum + (socket.bytesWritten - socket.writableLength), 0);
  expect(sent).toBeLessThan(150 * MB);
  expect(process.memoryUsage().arrayBuffers - before.arrayBuffers).toBeLessThan(150 * MB);
  for (const { socket } of uploads) socket.destroy();
  await eventually(() => {
    collectGarbage();
    expect(process.memoryUsage().arrayBuffers - before.arrayBuffers).toBeLessThan(10 * MB);
  });
  const whole = Array.from({ length: 3 }, () =>
    fetch(`${url}/parse/files/a.png`, {
      method: 'POST',
      headers: {
        'X-Parse-Application-Id': 'APPLICATION_ID',
        'X-Parse-Master-Key': 'MASTER_KEY',
        'Content-Type': 'image/png',
      },
      body: new Uint8Array(MB), // none of them would end if what was held were still counted
    }),
  );
  expect((await Promise.all(whole)).map(({ status }) => status)).toEqual([201, 201, 201]);
});

it('gathers small pieces of a body, so that they take no more memory than large ones', () => {
  const pieces = new Pieces();
  const whole = Uint8Array.from({ length: 300_000 }, (_, n) => n % 251);
  for (let at = 0, size = 1; at < whole.length; at += size, size = at % 90_000 === 0 ? 40_000 : (at % 7) + 1)
    pieces.add(whole.subarray(at, at + size));
  expect(pieces.size).toBe(whole.length);
  expect(pieces.held).toBeLessThan(2 * whole.length);
  expect(Buffer.compare(pieces.join(), whole)).toBe(0);
  pieces.clear();
  expect([pieces.size, pieces.held]).toEqual([0, 0]);
  const [one] = [Uint8Array.of(1, 2)];
  pieces.add(one);
  expect(pieces.join()).toBe(one);
});

it('reads bodies of HTTP/2 that do not tell their length, in pieces', async () => {
  const emulator: Emulator = createEmulator({ bcryptRounds: 4 });
  const middleware = toMiddleware(emulator);
  const port = await open(
    createHttp2((request, response) => middleware(request, response, () => response.end('mine'))),
  );
  const session = connectHttp2(`http://127.0.0.1:${port}`);
  onTestFinished(() => void session.close());
  const ask = (path: string, pieces: readonly string[], method = 'POST'): Promise<[number, unknown]> =>
    new Promise((resolve, reject) => {
      const stream = session.request(
        {
          ':path': path,
          ':method': method,
          'x-parse-application-id': 'APPLICATION_ID',
          'content-type': 'application/json',
        },
        { endStream: pieces.length === 0 },
      );
      let status = 0;
      let text = '';
      stream.on('response', (headers) => {
        status = Number(headers[':status']);
      });
      stream.on('data', (chunk) => (text += chunk));
      stream.on('end', () => resolve([status, text === 'mine' ? text : JSON.parse(text)]));
      stream.on('error', reject);
      for (const piece of pieces) stream.write(piece);
      if (pieces.length > 0) stream.end();
    });
  expect(await ask('/parse/users', ['{"username":"an', 'n","password":"x', '"}'])).toMatchObject([201, {}]);
  expect(await ask('/graphql', ['{"query":', '"{ health }"', '}'])).toEqual([200, { data: { health: true } }]);
  expect(await ask('/graphql?query={health}', [], 'GET')).toEqual([200, { data: { health: true } }]);
  expect(await ask('/emulator/outbox', [], 'GET')).toEqual([200, []]);
  expect(await ask('/', [], 'GET')).toEqual([200, 'mine']);
});

it('a host of HTTP/1 answers a body in pieces, too', async () => {
  const emulator = createEmulator({ bcryptRounds: 4 });
  const middleware = toMiddleware(emulator);
  const port = await open(createHttp((request, response) => middleware(request, response, () => response.end())));
  const { socket, first } = await dial(port);
  socket.write(
    head('/graphql', [
      'X-Parse-Application-Id: APPLICATION_ID',
      'Content-Type: application/json',
      'Transfer-Encoding: chunked',
    ]),
  );
  socket.write('9\r\n{"query":\r\n');
  socket.write('d\r\n"{ health }"}\r\n0\r\n\r\n');
  expect(await first).toContain('{"data":{"health":true}}');
});
