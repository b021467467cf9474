import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer as createVite } from 'vite';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createEmulator, type Emulator } from '../../../src/index.ts';
import { jsonFile, playgroundAssets, toMiddleware } from '../../../src/node/index.ts';
import { createGate, turns } from '../../support/eventually.ts';
import { newFolder } from '../../support/folder.ts';

const listen = async (server: Server): Promise<string> => {
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const start = async (emulator: Emulator): Promise<string> => {
  const middleware = toMiddleware(emulator);
  return listen(createServer((request, response) => middleware(request, response, () => response.end('mine'))));
};

const KEYS = { 'x-parse-application-id': 'APPLICATION_ID', 'content-type': 'application/json' };

const signUp = async (url: string): Promise<Response> =>
  fetch(`${url}/parse/users`, { method: 'POST', headers: KEYS, body: '{"username":"ann","password":"secret"}' });

describe('toMiddleware', () => {
  it('answers what is the emulator’s, and leaves the rest to others', async () => {
    const emulator = createEmulator({ bcryptRounds: 4, playgroundAssets: playgroundAssets() });
    const url = await start(emulator);
    expect(await (await fetch(`${url}/graphql?query={health}`, { headers: KEYS })).json()).toEqual({
      data: { health: true },
    });
    expect((await signUp(url)).status).toBe(201);
    expect(emulator.snapshot()['_User']).toMatchObject([{ username: 'ann' }]);
    expect((await fetch(`${url}/emulator/reset`, { method: 'POST' })).status).toBe(200);
    expect(emulator.snapshot()).not.toHaveProperty('_User');
    expect((await fetch(`${url}/playground`)).headers.get('content-type')).toContain('text/html');
    for (const path of ['/', '/index.html', '/graphqls', '/parsed?x=/parse', '/src/emulator']) {
      expect(await (await fetch(url + path)).text()).toBe('mine');
    }
  });

  it('has the faults and the limits of the server', async () => {
    const emulator = createEmulator({ maxUploadSize: '1kb' });
    const url = await start(emulator);
    emulator.faults.add({ network: true, times: 1 });
    await expect(signUp(url)).rejects.toThrow('fetch failed');
    const body = JSON.stringify({ username: 'ann', password: 'x'.repeat(10_000) });
    expect((await fetch(`${url}/parse/users`, { method: 'POST', headers: KEYS, body })).status).toBe(413);
  });

  it('lives in the dev server of Vite', async () => {
    const emulator = createEmulator({ bcryptRounds: 4 });
    const vite = await createVite({
      root: await newFolder(),
      configFile: false,
      appType: 'custom',
      logLevel: 'silent',
      server: { middlewareMode: true, hmr: false, ws: false },
      plugins: [
        { name: 'emulator', configureServer: ({ middlewares }) => void middlewares.use(toMiddleware(emulator)) },
      ],
    });
    onTestFinished(() => vite.close());
    const url = await listen(createServer(vite.middlewares));
    expect((await signUp(url)).status).toBe(201);
    expect((await fetch(`${url}/@vite/client`)).headers.get('content-type')).toContain('javascript');
  });

  it('says so when the body was read before', async () => {
    const middleware = toMiddleware(createEmulator());
    const url = await listen(
      createServer((request, response) => {
        request.resume().once('end', () => setImmediate(() => middleware(request, response, () => undefined)));
      }),
    );
    const answer = await signUp(url);
    expect([answer.status, await answer.text()]).toEqual([500, expect.stringContaining('The body was read before')]);
  });

  it('leaves an answer alone that another has begun', async () => {
    const emulator = createEmulator();
    const answered = createGate();
    const handle: Emulator['handle'] = async (request) => {
      const answer = await emulator.handle(request);
      answered.open();
      return answer;
    };
    const middleware = toMiddleware({ ...emulator, handle });
    const url = await listen(
      createServer((request, response) => {
        middleware(request, response, () => undefined);
        response.writeHead(503).flushHeaders();
        answered.opened.then(() => turns()).then(() => response.end('late'));
      }),
    );
    const answer = await signUp(url);
    expect([answer.status, await answer.text()]).toEqual([503, 'late']);
  });
});

describe('an emulator whose state cannot be read', () => {
  const emulatorOf = (path: string): Emulator => {
    const emulator = createEmulator({ bcryptRounds: 4, persistence: jsonFile(path) });
    onTestFinished(() => emulator.close());
    return emulator;
  };

  it('says why in JSON, prints it once, and is mended when the cause goes', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    onTestFinished(() => printed.mockRestore());
    const path = join(await newFolder(), 'users.json');
    const old = emulatorOf(path);
    await old.users.create({ username: 'ann' });
    const url = await start(emulatorOf(path)); // as a dev server does that was told to read its configuration again
    for (const way of ['/parse/users', '/parse/users', '/emulator/outbox']) {
      const answer = await fetch(url + way, { headers: KEYS });
      expect(answer.status).toBe(500);
      expect(await answer.json()).toEqual({ error: expect.stringContaining('users.json') });
    }
    const inGraphQL = await fetch(`${url}/graphql?query={health}`, { headers: KEYS });
    expect(await inGraphQL.json()).toMatchObject({ errors: [{ message: expect.stringContaining('users.json') }] });
    expect(printed.mock.calls.map(String)).toEqual([expect.stringContaining('users.json')]);
    await old.close();
    expect((await signUp(url)).status).toBe(400); // the name is taken: what the old one kept is there
    expect((await fetch(`${url}/graphql?query={health}`, { headers: KEYS })).status).toBe(200);
  });

  it('is as any other persistence that fails at first', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    onTestFinished(() => printed.mockRestore());
    let isBroken = true;
    const persistence = {
      read: async () => {
        if (isBroken) throw new Error('Failed to read: the disk is not there');
        return { _User: [] };
      },
      append: async () => undefined,
      replace: async () => undefined,
    };
    const emulator = createEmulator({ bcryptRounds: 4, persistence });
    await expect(emulator.ready).rejects.toThrow('the disk is not there');
    await expect(emulator.users.create({ username: 'ann' })).rejects.toThrow('the disk is not there');
    const ask = () => emulator.fetch(new Request('http://localhost/parse/health'));
    expect(await (await ask()).json()).toEqual({ error: 'Failed to read: the disk is not there' });
    isBroken = false;
    expect((await ask()).status).toBe(200);
    await emulator.users.create({ username: 'ann' });
    expect(printed).toHaveBeenCalledOnce();
  });
});
