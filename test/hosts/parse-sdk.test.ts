import Parse from 'parse/node';
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { WebSocket as NodeSocket } from 'ws';
import { createSdk, type Sdk } from './sdk-example.ts';
import { SDK_EXAMPLES } from './sdk-examples.ts';
import { SDK_HOSTS, type SdkHost } from './sdk-hosts.ts';

describe.each(SDK_HOSTS)('the Parse JavaScript SDK, %s', (_name, start) => {
  let host: SdkHost;
  let sdk: Sdk;

  beforeAll(async () => {
    host = await start();
    sdk = createSdk(Parse, host.serverURL, host.outbox);
    if (host.WebSocket) Parse.CoreManager.setWebSocketController(host.WebSocket as never);
  });

  afterEach(async () => {
    await Parse.User.logOut().catch(() => undefined);
    await host.reset();
  });

  afterAll(async () => {
    if (host.WebSocket) Parse.CoreManager.setWebSocketController(NodeSocket as never);
    await host.close();
  });

  describe.each(Object.entries(SDK_EXAMPLES))('%s', (part, examples) => {
    it.each(Object.entries(examples))('%s', async (_title, run) => {
      if (part !== 'Parse.LiveQuery' || host.WebSocket !== null) await run(sdk);
    });
  });
});
