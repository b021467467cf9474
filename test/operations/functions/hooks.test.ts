import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createEmulator, type EmulatorOptions, type JsonObject } from '../../../src/index.ts';

type Asked = { readonly key: string | undefined; readonly body: JsonObject };

/** A server of webhooks: answers each with what `answer` says, and remembers what it was asked. */
const startHooks = async (answer: (asked: Asked) => unknown) => {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const parts: Uint8Array[] = [];
    for await (const part of request) parts.push(part);
    const key = request.headers['x-parse-webhook-key'];
    const one = { key: key === undefined ? undefined : String(key), body: JSON.parse(Buffer.concat(parts).toString()) };
    asked.push(one);
    response.end(JSON.stringify(answer(one)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
};

const createClient = (options: EmulatorOptions = {}) => {
  const emulator = createEmulator({ allowClientClassCreation: true, bcryptRounds: 4, ...options });
  return async (method: string, path: string, body: JsonObject): Promise<JsonObject> => {
    const response = await emulator.fetch(
      new Request(`http://localhost:1337/parse${path}`, {
        method,
        headers: { ...(await emulator.headersFor()), 'X-Parse-Master-Key': 'MASTER_KEY' },
        body: JSON.stringify(body),
      }),
    );
    return (await response.json()) as JsonObject;
  };
};

describe('a function that is a webhook', () => {
  it('is asked with the key, and its success is the answer', async () => {
    await using hooks = await startHooks(({ body }) => ({ success: body['params'] }));
    const ask = createClient({ webhookKey: 'a secret' });
    expect(await ask('POST', '/hooks/functions', { functionName: 'echo', url: hooks.url })).toEqual({
      functionName: 'echo',
      url: hooks.url,
    });
    expect(await ask('POST', '/functions/echo', { a: 1 })).toEqual({ result: { a: 1 } });
    expect(hooks.asked).toMatchObject([{ key: 'a secret', body: { functionName: 'echo', master: true } }]);
  });

  it('refuses with its error', async () => {
    await using hooks = await startHooks(() => ({ error: 'not today' }));
    const ask = createClient();
    await ask('POST', '/hooks/functions', { functionName: 'no', url: hooks.url });
    expect(await ask('POST', '/functions/no', {})).toEqual({ code: 141, error: 'not today' });
  });

  it('is in the enum of GraphQL, and gone when it is deleted', async () => {
    const emulator = createEmulator();
    const ask = createClient();
    expect(emulator.printSchema()).not.toContain('CloudCodeFunction');
    await ask('POST', '/hooks/functions', { functionName: 'echo', url: 'http://127.0.0.1:1/' });
    await ask('PUT', '/hooks/functions/echo', { __op: 'Delete' });
    expect(await ask('POST', '/functions/echo', {})).toEqual({ code: 141, error: 'Invalid function: "echo"' });
  });

  it('is not asked on another machine unless that is allowed', async () => {
    const ask = createClient();
    await ask('POST', '/hooks/functions', { functionName: 'far', url: 'http://example.com/hook' });
    expect(await ask('POST', '/functions/far', {})).toMatchObject({
      code: 141,
      error: expect.stringContaining('is not on this machine'),
    });
  });
});
