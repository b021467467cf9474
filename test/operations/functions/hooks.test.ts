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
  return async (method: string, path: string, body?: JsonObject): Promise<JsonObject> => {
    const response = await emulator.fetch(
      new Request(`http://localhost:1337/parse${path}`, {
        method,
        headers: { ...(await emulator.headersFor()), 'X-Parse-Master-Key': 'MASTER_KEY' },
        ...(body && { body: JSON.stringify(body) }),
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

describe('a trigger that is a webhook', () => {
  const declare = (ask: ReturnType<typeof createClient>, triggerName: string, url: string, className = 'Note') =>
    ask('POST', '/hooks/triggers', { className, triggerName, url });

  it('changes what is saved: the object of its success stands for all that is written', async () => {
    await using hooks = await startHooks(({ body }) => {
      const { objectId: _, ...object } = body['object'] as JsonObject;
      return { success: { ...object, level: 2, added: true } };
    });
    const ask = createClient({ webhookKey: 'a secret' });
    await declare(ask, 'beforeSave', hooks.url);
    const made = await ask('POST', '/classes/Note', { level: 1, text: 'hello' });
    expect(made).toMatchObject({ level: 2, added: true });
    expect(await ask('GET', `/classes/Note/${made['objectId']}`)).toMatchObject({
      level: 2,
      added: true,
      text: 'hello',
    });
    expect(hooks.asked).toMatchObject([
      { key: 'a secret', body: { triggerName: 'beforeSave', master: true, object: { className: 'Note', level: 1 } } },
    ]);
  });

  it('is told what was there before', async () => {
    await using hooks = await startHooks(() => ({ success: true }));
    const ask = createClient();
    await declare(ask, 'afterSave', hooks.url);
    const { objectId } = await ask('POST', '/classes/Note', { level: 1 });
    await ask('PUT', `/classes/Note/${objectId}`, { level: 5 });
    expect(hooks.asked.map(({ body }) => body)).toMatchObject([
      { triggerName: 'afterSave', object: { level: 1 } },
      { triggerName: 'afterSave', object: { level: 5 }, original: { level: 1 } },
    ]);
  });

  it.each(['beforeSave', 'beforeDelete', 'beforeFind'])('refuses with its error as %s', async (triggerName) => {
    await using hooks = await startHooks(() => ({ error: 'not today' }));
    const ask = createClient();
    const { objectId } = await ask('POST', '/classes/Note', { level: 1 });
    await declare(ask, triggerName, hooks.url);
    const refused = { code: 141, error: 'not today' };
    const calls = {
      beforeSave: () => ask('PUT', `/classes/Note/${objectId}`, { level: 2 }),
      beforeDelete: () => ask('DELETE', `/classes/Note/${objectId}`),
      beforeFind: () => ask('GET', '/classes/Note'),
    };
    expect(await calls[triggerName as keyof typeof calls]()).toEqual(refused);
  });

  it('bars a log-in, with the user as its object', async () => {
    await using hooks = await startHooks(() => ({ error: 'barred' }));
    const ask = createClient();
    await ask('POST', '/users', { username: 'ann', password: 'annspass' });
    await declare(ask, 'beforeLogin', hooks.url, '_User');
    expect(await ask('POST', '/login', { username: 'ann', password: 'annspass' })).toEqual({
      code: 141,
      error: 'barred',
    });
    expect(hooks.asked).toMatchObject([{ body: { triggerName: 'beforeLogin', object: { username: 'ann' } } }]);
    expect(JSON.stringify(hooks.asked)).not.toContain('annspass');
  });

  it('is gone when it is deleted', async () => {
    await using hooks = await startHooks(() => ({ error: 'not today' }));
    const ask = createClient();
    await declare(ask, 'beforeSave', hooks.url);
    await ask('PUT', '/hooks/triggers/Note/beforeSave', { __op: 'Delete' });
    expect(await ask('POST', '/classes/Note', { level: 1 })).toMatchObject({ objectId: expect.any(String) });
    expect(hooks.asked).toEqual([]);
  });

  it('is not called on another machine, unless the option remoteWebhooks says so', async () => {
    const ask = createClient();
    await declare(ask, 'beforeSave', 'http://hooks.example.com/save');
    expect(await ask('POST', '/classes/Note', {})).toMatchObject({
      code: 141,
      error: expect.stringContaining('it is not on this machine. The option remoteWebhooks lets it be called'),
    });
  });
});
