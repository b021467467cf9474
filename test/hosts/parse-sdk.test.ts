import Parse from 'parse/node';
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { createSdk, type Sdk } from './sdk-example.ts';
import { SDK_EXAMPLES } from './sdk-examples.ts';
import { SDK_HOSTS, type SdkHost } from './sdk-hosts.ts';

describe.each(SDK_HOSTS)('the Parse JavaScript SDK, %s', (_name, start) => {
  let host: SdkHost;
  let sdk: Sdk;

  beforeAll(async () => {
    host = await start();
    sdk = createSdk(Parse, host.serverURL, host.outbox);
  });

  afterEach(async () => {
    await Parse.User.logOut().catch(() => undefined);
    await host.reset();
  });

  afterAll(() => host.close());

  describe.each(Object.entries(SDK_EXAMPLES))('%s', (_part, examples) => {
    it.each(Object.entries(examples))('%s', (_title, run) => run(sdk));
  });
});
