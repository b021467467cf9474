import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Emulator, OutboxMail } from '../../../src/index.ts';
import { type EmulatorServer, type ServerOptions, startServer } from '../../../src/node/server/serve.ts';
import { createGate, turns } from '../../support/eventually.ts';
import { newFolder } from '../../support/folder.ts';

const start = async (options: ServerOptions = {}): Promise<EmulatorServer> => {
  const server = await startServer({ port: 0, bcryptRounds: 4, ...options });
  onTestFinished(() => server.close());
  return server;
};

const KEYS = { 'x-parse-application-id': 'APPLICATION_ID', 'content-type': 'application/json' };

const health = async ({ url }: EmulatorServer): Promise<unknown> => (await fetch(`${url}/parse/health`)).json();

const HEALTHY = { status: 'ok' };

const signUp = async ({ url }: EmulatorServer): Promise<unknown> => {
  const body = JSON.stringify({ username: 'a', password: 'b' });
  return (await fetch(`${url}/parse/users`, { method: 'POST', headers: KEYS, body })).json();
};

/** What the server says to bytes that a client would not send. `onData` is called once it has begun to. */
const sendRaw = ({ port }: EmulatorServer, text: string, onData?: () => void): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    if (onData) socket.once('data', onData);
    socket.on('data', (chunk) => (answer += chunk));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });

describe('startServer', () => {
  it('tells the emulator where a request comes from', async () => {
    const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    const address = own.find(({ internal, family }) => !internal && family === 'IPv4')?.address;
    if (!address) return expect(own.every(({ internal }) => internal)).toBe(true); // a machine without a network
    const server = await start({ host: '0.0.0.0', masterKey: 'own', masterKeyIps: ['0.0.0.0/0'] });
    const reset = (host: string, headers = {}): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const path = '/emulator/reset';
        const sent = httpRequest({
          host,
          port: server.port,
          path,
          method: 'POST',
          headers: { host: 'localhost', ...headers },
        });
        sent.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
        sent.end();
      });
    expect(await reset('127.0.0.1')).toBe(200);
    expect(await reset(address)).toBe(403);
    expect(await reset(address, { 'x-parse-master-key': 'MASTER_KEY' })).toBe(403);
    expect(await reset(address, { 'x-parse-master-key': 'own' })).toBe(200);
  });

  it('reads no body of those who may not control it', async () => {
    const begun = 'PUT /emulator/state HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 1000000000\r\n\r\n{"_User": [';
    const server = await start();
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.write(begun));
      socket.on('error', reject).on('data', (chunk) => {
        resolve(String(chunk));
        socket.destroy();
      });
    });
    expect(answer).toMatch(/^HTTP\/1.1 403/);
  });

  it('ends at once while half of a request has arrived, of which nothing was done', async () => {
    const server = await startServer({ port: 0 });
    const body = '{"username":"half","password":"secret"}';
    const whole = 'GET /parse/health HTTP/1.1\r\nHost: localhost\r\n\r\n';
    const head = `POST /parse/users HTTP/1.1\r\nHost: localhost\r\nX-Parse-Application-Id: APPLICATION_ID\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
    let answer: Promise<string> | undefined;
    // the half stands in the same packet as the whole one before it: when that is answered, it has arrived
    await new Promise<void>((arrived) => {
      answer = sendRaw(server, whole + head + body.slice(0, -1), arrived).catch(() => 'reset');
    });
    await server.close();
    expect(await answer).toMatch(/^(HTTP\/1\.1 200 OK(?:(?!HTTP)[\s\S])*|reset)$/);
    expect(server.emulator.snapshot()).not.toHaveProperty('_User');
  });

  it('answers over HTTP, with its own address as serverURL', async () => {
    const server = await start();
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
    expect(server.emulator.options.serverURL).toBe(`${server.url}/parse`);
    expect(await health(server)).toEqual(HEALTHY);
    expect((await start({ serverURL: 'https://parse.example/api' })).emulator.options.serverURL).toBe(
      'https://parse.example/api',
    );
  });

  it('sends a length and a date with each answer', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/parse/health`);
    const length = (await response.clone().arrayBuffer()).byteLength;
    expect(response.headers.get('content-length')).toBe(String(length));
    expect(response.headers.get('date')).toBeTruthy();
    const head = await fetch(`${url}/graphql`, { method: 'HEAD', headers: KEYS });
    expect([head.status, await head.text()]).toEqual([405, '']);
  });

  it('answers nobody before it is prepared, and ends when it cannot be', async () => {
    let asked: Promise<Response> | undefined;
    const prepare = async (emulator: Emulator): Promise<void> => {
      const { port } = new URL(emulator.options.serverURL);
      asked = fetch(`http://127.0.0.1:${port}/parse/login?username=ann&password=secret`, { headers: KEYS });
      await once(connect(Number(port), '127.0.0.1'), 'connect');
      await turns(50);
      await emulator.users.create({ username: 'ann' });
    };
    await start({ prepare });
    expect((await asked)?.status).toBe(200);
    await expect(start({ prepare: () => Promise.reject(new Error('no seed')) })).rejects.toThrow('no seed');
  });

  it('tells of the mail of every application, once', async () => {
    const told: string[] = [];
    const onMail = ({ to }: OutboxMail) => void told.push(to);
    const { url } = await start({ apps: 'any', verifyUserEmails: true, onMail });
    for (const appId of ['APPLICATION_ID', 'worker-1', 'worker-2']) {
      const headers = { ...KEYS, 'x-parse-application-id': appId };
      const body = JSON.stringify({ username: 'a', password: 'b', email: `a@${appId.toLowerCase()}.example` });
      await fetch(`${url}/parse/users`, { method: 'POST', headers, body });
      await fetch(`${url}/parse/health`, { headers });
    }
    expect(told).toEqual(['a@application_id.example', 'a@worker-1.example', 'a@worker-2.example']);
  });

  it('keeps the state in the file of `db`', async () => {
    const db = join(await newFolder(), 'users.json');
    const first = await start({ db });
    await signUp(first);
    await first.close();
    const second = await start({ db });
    expect(second.emulator.snapshot()['_User']).toMatchObject([{ username: 'a' }]);
  });

  it.each([
    [
      { verifyUserEmail: true },
      'Failed to start: there is no option "verifyUserEmail". Did you mean "verifyUserEmails"?',
    ],
    [{ port: 70000 }, 'Failed to start: port must be a whole number from 0 to 65535, not 70000'],
    [{ host: 'no-such-host.invalid' }, 'Failed to listen on http://no-such-host.invalid:0: '],
  ])('refuses %j with a sentence', async (options, sentence) => {
    await expect(start(options as ServerOptions)).rejects.toThrow(sentence);
  });

  it('says so when the port is in use, and leaves the data file alone', async () => {
    const { port } = await start();
    const db = join(await newFolder(), 'nowhere', 'users.json');
    await expect(start({ port, db })).rejects.toThrow(
      `Failed to listen on http://127.0.0.1:${port}: the port is in use. Stop what listens there, or choose another port`,
    );
  });

  it('frees the port when the data file is in use', async () => {
    const db = join(await newFolder(), 'users.json');
    await start({ db });
    const { port, close } = await start();
    await close();
    await expect(start({ port, db })).rejects.toThrow('Failed to open');
    expect((await start({ port })).port).toBe(port);
  });

  it('answers what is no HTTP with 400, and goes on', async () => {
    const server = await start();
    expect(await sendRaw(server, 'what is this?\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(await sendRaw(server, `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
    expect(await health(server)).toEqual(HEALTHY);
  });

  it('refuses a body that is too large before all of it has come', async () => {
    const { port, url } = await start({ maxUploadSize: '1kb' });
    const answer = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest({ port, path: '/parse/users', method: 'POST', headers: KEYS }, (response) => {
        resolve(response.statusCode);
        request.destroy();
      });
      request.on('error', reject);
      request.write('x'.repeat(8000)); // and never an end
    });
    expect(answer).toBe(413);
    const body = JSON.stringify({ text: 'x'.repeat(1_000_000) });
    expect((await fetch(`${url}/parse/users`, { method: 'POST', headers: KEYS, body })).status).toBe(413);
  });

  it('takes no notice of a client that goes away', async () => {
    const server = await start();
    const whole = 'GET /parse/health HTTP/1.1\r\nHost: localhost\r\n\r\n';
    const half = 'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n{"query":';
    const socket = connect(server.port, '127.0.0.1', () => socket.write(whole + half));
    await once(socket, 'data');
    socket.destroy();
    expect(await health(server)).toEqual(HEALTHY);
  });

  it('answers what is on its way before it ends, and lets nothing in afterwards', async () => {
    const [arrived, released] = [createGate(), createGate()];
    const hash = async (): Promise<string> => {
      arrived.open();
      await released.opened;
      return 'a hash';
    };
    const server = await start({ passwordHasher: { hash, compare: async () => true } });
    const answer = signUp(server);
    await arrived.opened;
    const closing = server.close();
    released.open();
    expect(await answer).toMatchObject({ sessionToken: expect.stringMatching(/^r:/) });
    await closing;
    await server.close();
    await expect(health(server)).rejects.toThrow('fetch failed');
  });

  it('can be disposed of', async () => {
    const server = await startServer({ port: 0 });
    await server[Symbol.asyncDispose]();
    await expect(health(server)).rejects.toThrow('fetch failed');
  });

  it('gives a line for each request, without anything secret', async () => {
    const lines: string[] = [];
    const server = await start({ log: (line) => lines.push(line.replace(/[\d.]+ ms/, 'n ms')) });
    await signUp(server);
    for (const body of [
      { query: 'mutation { signUp(input: { fields: { username: "a", password: "secret" } }) { clientMutationId } }' },
      { query: '# a comment\nquery Me { health }' },
      { query: 'query A { health } query B { health }', operationName: 'B' },
    ]) {
      await fetch(`${server.url}/graphql`, { method: 'POST', headers: KEYS, body: JSON.stringify(body) });
    }
    await fetch(`${server.url}/parse/login?username=a&password=secret`, { headers: KEYS });
    expect(lines).toEqual([
      'POST /parse/users 201 (nobody) n ms',
      'POST /graphql signUp 200 code 202 (nobody) n ms: The username is taken, maybe in another case.',
      'POST /graphql health (Me) 200 (nobody) n ms',
      'POST /graphql health (B) 200 (nobody) n ms',
      'GET /parse/login 404 code 101 (nobody) n ms: Nobody has this username or address, or the password is another; Parse does not tell which.',
    ]);
  });
});

// Node itself would end such a connection after a minute
it('closes at once beside a connection on which nobody asked', { timeout: 50_000 }, async () => {
  const server = await start();
  const socket = connect(server.port, '127.0.0.1');
  await once(socket, 'connect');
  await health(server);
  const gone = once(socket, 'close');
  await Promise.all([server.close(), gone]);
});
