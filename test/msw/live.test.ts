import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createEmulator } from '../../src/index.ts';
import { createHandlers } from '../../src/msw/index.ts';

const emulator = createEmulator({ allowClientClassCreation: true, liveQuery: { classNames: ['Todo'] } });
const server = setupServer(...createHandlers(emulator, { url: 'http://localhost:1337/graphql' }));

beforeAll(() => server.listen());
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const next = (socket: WebSocket): Promise<unknown> =>
  new Promise((resolve) =>
    socket.addEventListener('message', ({ data }) => resolve(JSON.parse(String(data))), { once: true }),
  );

const say = (socket: WebSocket, frame: object): Promise<unknown> => {
  const answer = next(socket);
  socket.send(JSON.stringify(frame));
  return answer;
};

it('lets a test see a live change with no server', async () => {
  const socket = new WebSocket('ws://localhost:1337/parse');
  onTestFinished(() => socket.close());
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  expect(await say(socket, { op: 'connect', applicationId: 'APPLICATION_ID' })).toMatchObject({ op: 'connected' });
  await say(socket, { op: 'subscribe', requestId: 1, query: { className: 'Todo', where: {} } });
  const heard = next(socket);
  await fetch('http://localhost:1337/parse/classes/Todo', {
    method: 'POST',
    headers: { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' },
    body: '{"title":"x"}',
  });
  expect(await heard).toMatchObject({ op: 'create', requestId: 1, object: { title: 'x' } });
});
