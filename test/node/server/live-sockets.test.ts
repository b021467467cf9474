import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startServer } from '../../../src/node/index.ts';
import { MOST_WAITING } from '../../../src/node/server/live-sockets.ts';

const OPTIONS = { port: 0, allowClientClassCreation: true, liveQuery: { classNames: ['Todo'] } };

const open = async (url: string): Promise<WebSocket> => {
  const socket = new WebSocket(url.replace('http', 'ws'));
  await once(socket, 'open');
  return socket;
};

const say = async (socket: WebSocket, frame: object): Promise<unknown> => {
  socket.send(JSON.stringify(frame));
  const [data] = await once(socket, 'message');
  return JSON.parse(String(data));
};

const listen = async (socket: WebSocket): Promise<void> => {
  await say(socket, { op: 'connect', applicationId: 'APPLICATION_ID' });
  await say(socket, { op: 'subscribe', requestId: 1, query: { className: 'Todo', where: {} } });
};

const create = (url: string, fields: object): Promise<Response> =>
  fetch(`${url}/parse/classes/Todo`, {
    method: 'POST',
    headers: { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' },
    body: JSON.stringify(fields),
  });

describe('the sockets of live queries', () => {
  it.each(['/parse', '/', '/of/choice'])('are served at %s', async (path) => {
    await using server = await startServer(OPTIONS);
    const socket = await open(`${server.url}${path}`);
    await listen(socket);
    const heard = once(socket, 'message');
    await create(server.url, { title: 'x' });
    expect(JSON.parse(String((await heard)[0]))).toMatchObject({ op: 'create', object: { title: 'x' } });
    socket.terminate();
  });

  it.each([
    ['no browser', {}, true],
    ['a page of this machine', { origin: 'http://localhost:3000' }, true],
    ['a page from elsewhere', { origin: 'https://elsewhere.example' }, false],
    ['a page without an origin', { origin: 'null' }, false],
    ['a name that leads here', { origin: 'http://localhost:3000', host: 'rebound.example' }, false],
  ])('take the master key of %s as requests do', async (_, headers, isTaken) => {
    await using server = await startServer({
      ...OPTIONS,
      liveQueryServerOptions: { keyPairs: { masterKey: 'MASTER_KEY' } },
    });
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/parse`, { headers });
    await once(socket, 'open');
    const said = await say(socket, { op: 'connect', applicationId: 'APPLICATION_ID', masterKey: 'MASTER_KEY' });
    expect(said).toMatchObject(isTaken ? { op: 'connected' } : { op: 'error', error: 'Key in request is not valid' });
    socket.terminate();
  });

  it('are not there where no class is live', async () => {
    await using server = await startServer({ port: 0 });
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/parse`);
    const [error] = await once(socket, 'error');
    expect(String(error)).toMatch(/Unexpected server response/);
  });

  it('hold up no end of the server', async () => {
    const server = await startServer(OPTIONS);
    const socket = await open(`${server.url}/parse`);
    await listen(socket);
    const closed = once(socket, 'close');
    await server.close();
    await closed;
  });

  it('are closed by a frame that is too large, and the server goes on', async () => {
    await using server = await startServer(OPTIONS);
    const socket = await open(`${server.url}/parse`);
    const closed = once(socket, 'close');
    socket.send('x'.repeat(2 * 1024 * 1024));
    await closed;
    expect((await create(server.url, { title: 'x' })).status).toBe(201);
  });

  it('drop a reader who lets too much wait', async () => {
    await using server = await startServer(OPTIONS);
    const slow = await open(`${server.url}/parse`);
    await listen(slow);
    slow.pause();
    const title = 'x'.repeat(1024 * 1024);
    const most = (2 * MOST_WAITING) / title.length + 32; // what waits in the machine's own buffers is not counted
    for (let i = 0; i < most && server.emulator.live.list().length > 0; i++) await create(server.url, { title });
    await vi.waitFor(() => expect(server.emulator.live.list()).toEqual([]), { timeout: 60_000 });
    slow.terminate();
  });
});
