import { describe, expect, it } from 'vitest';
import { ask, connect, createLive, subscribe } from './page.ts';

describe('faults of live queries', () => {
  it('lose a message', async () => {
    await using emulator = createLive();
    const client = await connect(emulator);
    await subscribe(client);
    emulator.faults.add({ operation: '/live/create', cut: true, times: 1 });
    await ask(emulator, 'POST', '/classes/Todo', { title: 'lost' });
    await ask(emulator, 'POST', '/classes/Todo', { title: 'heard' });
    expect(await client.hear()).toMatchObject([{ object: { title: 'heard' } }]);
  });

  it('break the connection, after which the client may connect again', async () => {
    await using emulator = createLive();
    const client = await connect(emulator);
    await subscribe(client);
    emulator.faults.add({ operation: '/live/create', network: true, times: 1 });
    await ask(emulator, 'POST', '/classes/Todo', { title: 'x' });
    await client.hear();
    expect(client.isClosed).toBe(true);
    expect(emulator.live.list()).toEqual([]);
    const again = await connect(emulator);
    await subscribe(again);
    await ask(emulator, 'POST', '/classes/Todo', { title: 'y' });
    expect(await again.hear()).toMatchObject([{ object: { title: 'y' } }]);
  });

  it('refuse a subscription', async () => {
    await using emulator = createLive();
    const client = await connect(emulator);
    emulator.faults.add({ operation: '/live/subscribe', error: { code: 119, message: 'Not today' } });
    await client.say({ op: 'subscribe', requestId: 3, query: { className: 'Todo', where: {} } });
    expect(await client.hear()).toEqual([
      { op: 'error', error: 'Not today', code: 119, reconnect: true, requestId: 3 },
    ]);
  });

  it('delay messages and keep their order', async () => {
    await using emulator = createLive();
    const heard: string[] = [];
    let resolve: () => void = () => undefined;
    const both = new Promise<void>((done) => {
      resolve = done;
    });
    const connection = emulator.live.connect({
      send(text) {
        heard.push(JSON.parse(text).op);
        if (heard.length === 4) resolve();
      },
      close: () => undefined,
    });
    emulator.faults.add({ operation: '/live/create', latency: 1, times: 1 });
    connection.receive('{"op":"connect","applicationId":"APPLICATION_ID"}');
    connection.receive('{"op":"subscribe","requestId":1,"query":{"className":"Todo","where":{}}}');
    const { objectId } = await ask(emulator, 'POST', '/classes/Todo', { title: 'x' });
    await ask(emulator, 'DELETE', `/classes/Todo/${objectId}`);
    await both;
    expect(heard).toEqual(['connected', 'subscribed', 'create', 'delete']);
  });
});
