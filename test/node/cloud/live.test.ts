import { expect, it } from 'vitest';
import type { CloudCode } from '../../../src/options/kinds.ts';
import { ask, connect, createLive, subscribe } from '../../live/page.ts';

type Cloud = { [name: string]: (...given: never[]) => void };
type Told = { [name: string]: unknown };

const cloudOf = (define: (cloud: Cloud) => void): CloudCode =>
  ((parse: { Cloud: Cloud }) => define(parse.Cloud)) as unknown as CloudCode;

it('beforeConnect refuses a client', async () => {
  await using emulator = createLive({
    cloud: cloudOf((cloud) =>
      cloud['beforeConnect']?.((() => {
        throw new Error('Not you');
      }) as never),
    ),
  });
  await emulator.ready;
  const client = await connect(emulator);
  await client.say({ op: 'connect', applicationId: 'APPLICATION_ID' });
  expect(await client.hear()).toEqual([
    { op: 'error', error: 'Not you', code: 141, reconnect: false, requestId: null },
  ]);
});

it('beforeSubscribe narrows a query', async () => {
  await using emulator = createLive({
    cloud: cloudOf((cloud) =>
      cloud['beforeSubscribe']?.(
        'Todo' as never,
        ((request: { query: { equalTo(...given: unknown[]): void } }) => request.query.equalTo('n', 1)) as never,
      ),
    ),
  });
  await emulator.ready;
  const client = await connect(emulator);
  await subscribe(client);
  for (const n of [1, 2]) await ask(emulator, 'POST', '/classes/Todo', { n });
  expect(await client.hear()).toMatchObject([{ op: 'create', object: { n: 1 } }]);
});

it('afterLiveQueryEvent changes events, and keeps them back', async () => {
  await using emulator = createLive({
    cloud: cloudOf((cloud) =>
      cloud['afterLiveQueryEvent']?.(
        'Todo' as never,
        ((request: Told & { object: { get(n: string): unknown; set(n: string, v: unknown): void } }) => {
          if (request.object.get('n') === 2) request['sendEvent'] = false;
          else request.object.set('seen', true);
        }) as never,
      ),
    ),
  });
  await emulator.ready;
  const client = await connect(emulator);
  await subscribe(client);
  for (const n of [1, 2]) await ask(emulator, 'POST', '/classes/Todo', { n });
  expect(await client.hear()).toMatchObject([{ op: 'create', object: { n: 1, seen: true, className: 'Todo' } }]);
});

it('onLiveQueryEvent hears of connections and subscriptions', async () => {
  const events: unknown[] = [];
  await using emulator = createLive({
    cloud: cloudOf((cloud) => cloud['onLiveQueryEvent']?.(((notice: Told) => events.push(notice['event'])) as never)),
  });
  await emulator.ready;
  const client = await connect(emulator);
  await subscribe(client);
  client.end();
  expect(events).toEqual(['ws_connect', 'connect', 'subscribe', 'ws_disconnect']);
});
