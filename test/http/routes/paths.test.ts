import { describe, expect, it } from 'vitest';
import { createEmulator, type EmulatorOptions } from '../../../src/index.ts';

const HEADERS = { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' };

const askAt = (options: EmulatorOptions) => {
  const emulator = createEmulator({ bcryptRounds: 4, ...options });
  const ask = async (path: string, body?: object, headers: object = {}): Promise<{ status: number; text: string }> => {
    const init = body ? { method: 'POST', body: JSON.stringify(body) } : {};
    const answer = await emulator.fetch(`http://localhost:1337${path}`, {
      ...init,
      headers: { ...HEADERS, ...headers },
    });
    return { status: answer.status, text: await answer.text() };
  };
  return { emulator, ask };
};

const OWN = { mountPath: '/api/v1', graphQLPath: '/api/Query', playgroundPath: '/try' };

describe('mountPath, graphQLPath and playgroundPath', () => {
  it('are where the emulator answers', async () => {
    const { ask } = askAt(OWN);
    expect(await ask('/api/query', { query: '{ health }' })).toEqual({
      status: 200,
      text: '{"data":{"health":true}}\n',
    });
    expect(await ask('/api/v1/health')).toEqual({ status: 200, text: '{"status":"ok"}' });
    expect((await ask('/api/v1/users', { username: 'ann', password: 'secret' })).status).toBe(201);
  });

  it.each(['/parse/health', '/graphql', '/playground'])('leave nothing at %s', async (path) => {
    const { status, text } = await askAt(OWN).ask(path);
    expect({ status, names: text.includes(`Cannot GET ${path}<`) }).toEqual({ status: 404, names: true });
  });

  it('name what was asked for where there is nothing', async () => {
    expect((await askAt(OWN).ask('/api/v1/nonsense/at/all')).text).toContain('Cannot GET /api/v1/nonsense/at/all<');
  });

  it('may be the root', async () => {
    const { ask } = askAt({ mountPath: '/' });
    expect(await ask('/health')).toEqual({ status: 200, text: '{"status":"ok"}' });
    expect((await ask('/graphql', { query: '{ health }' })).status).toBe(200);
    expect((await ask('/config')).text).toBe('{"params":{}}');
  });

  it('may stand in each other', async () => {
    const { ask } = askAt({ graphQLPath: '/parse/graphql' });
    expect((await ask('/parse/graphql', { query: '{ health }' })).status).toBe(200);
    expect((await ask('/parse/health')).status).toBe(200);
  });

  it('lead the links of mails and of batches, and the page', async () => {
    const { emulator, ask } = askAt({ ...OWN, verifyUserEmails: true });
    await ask('/api/v1/batch', {
      requests: [
        { method: 'POST', path: '/api/v1/users', body: { username: 'ann', password: 'x', email: 'ann@a.example' } },
      ],
    });
    const { link } = await emulator.outbox.waitFor({ to: 'ann@a.example' });
    expect(link).toMatch(/^http:\/\/localhost:1337\/api\/v1\/apps\/APPLICATION_ID\/verify_email\?/);
    expect((await ask(link.slice('http://localhost:1337'.length))).status).toBe(200);
    const { headers } = await emulator.fetch('http://localhost:1337/api/Query', {
      headers: { 'sec-fetch-mode': 'navigate' },
    });
    expect(headers.get('location')).toBe('/try');
  });

  it('tell the page where its files and GraphQL are', async () => {
    const playgroundAssets = async () => ({ body: new Uint8Array(), contentType: 'text/javascript' });
    const { text } = await askAt({ ...OWN, playgroundAssets }).ask('/try');
    expect(text).toContain('src="/try/playground.js"');
    expect(text).toContain('"graphQLPath":"/api/Query"');
  });

  it('stand in the log of requests, and hold in applications and forks', async () => {
    const { emulator, ask } = askAt({ ...OWN, apps: ['other'] });
    await ask('/api/v1/classes/Todo');
    expect(emulator.requests).toMatchObject([
      { url: 'http://localhost:1337/api/v1/classes/Todo', operation: 'GET /classes/Todo' },
    ]);
    const other = await ask('/api/v1/users', { username: 'bob', password: 'x' }, { 'X-Parse-Application-Id': 'other' });
    expect(other.status).toBe(201);
    expect(emulator.app('other').snapshot()['_User']).toHaveLength(1);
    const fork = emulator.fork();
    expect((await fork.fetch('http://localhost:1337/api/v1/health')).status).toBe(200);
  });

  it('hold for faults, also of the calls in a batch', async () => {
    const { emulator, ask } = askAt(OWN);
    emulator.faults.add({ operation: 'POST /classes/Todo', error: { code: 'OBJECT_NOT_FOUND', message: 'gone' } });
    const answer = await ask('/api/v1/batch', {
      requests: [{ method: 'POST', path: '/api/v1/classes/Todo', body: {} }],
    });
    expect(JSON.parse(answer.text)).toEqual([{ error: { code: 101, error: 'gone' } }]);
  });
});
