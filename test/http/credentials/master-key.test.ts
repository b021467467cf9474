import { describe, expect, it } from 'vitest';
import { mayUseKey } from '../../../src/http/credentials/master-key.ts';
import type { HttpRequest } from '../../../src/http/wire/message.ts';
import { resolveOptions } from '../../../src/options/check.ts';
import type { EmulatorOptions } from '../../../src/options/table.ts';
import { createFakeApp, post } from '../../support/fake-app.ts';

const HERE = '127.0.0.1';
const may = (
  headers: HttpRequest['headers'],
  peer: string | undefined = HERE,
  options: EmulatorOptions = {},
  host = '',
) => mayUseKey('master', { headers, peer }, { host }, resolveOptions(options));

const ALL = { masterKeyIps: ['0.0.0.0/0', '::/0'] };

describe('the master key counts', () => {
  it.each([
    [{}],
    [{ host: 'anything.example' }], // no browser says so
    [{ host: 'localhost:1337', origin: 'http://localhost:4040', 'sec-fetch-site': 'same-site' }],
    [{ host: 'localhost:1337', origin: 'http://127.0.0.1:4040', 'sec-fetch-site': 'cross-site' }],
    [{ host: 'localhost:1337', 'sec-fetch-site': 'same-origin' }],
    [{ host: '[::1]:1337', origin: 'http://app.localhost' }],
  ])('for %j of this machine', (headers) => {
    expect(may(headers)).toBe(true);
    expect(may(headers, '::ffff:127.0.0.1')).toBe(true);
  });

  it.each([
    [{ host: 'localhost', origin: 'https://elsewhere.example' }],
    [{ host: 'localhost', origin: 'null' }],
    [{ host: 'localhost', origin: '' }],
    [{ host: 'localhost', 'sec-fetch-site': 'cross-site' }],
    [{ host: 'rebound.example', origin: 'http://localhost:3000' }],
    [{ host: 'rebound.example', 'sec-fetch-site': 'same-origin' }],
    [{ host: 'rebound.example:1337', origin: 'http://rebound.example:1337' }],
  ])('not for %j', (headers) => {
    expect(may(headers)).toBe(false);
    expect(may(headers, HERE, { ...ALL, masterKey: 'own' })).toBe(false);
  });

  it('for whatever a program says to itself', async () => {
    const { handle } = createFakeApp();
    const headers = { origin: 'https://elsewhere.example', 'x-parse-master-key': 'MASTER_KEY' };
    const answer = await handle(post({ query: '{ whoami }' }, headers));
    expect(String(answer.body)).toContain('\\"isMaster\\":true');
  });

  it('for the origins of allowOrigin, of which * is none, and for the addresses that were configured', () => {
    const page = { host: 'localhost', origin: 'https://app.example' };
    expect(may(page, HERE, { allowOrigin: '*' })).toBe(false);
    expect(may(page, HERE, { allowOrigin: 'https://app.example' })).toBe(true);
    expect(may(page, HERE, { allowOrigin: ['https://other.example', 'https://app.example'] })).toBe(true);
    const own = { host: 'parse.example:8080', origin: 'https://parse.example:8080' };
    expect(may(own, HERE, { publicServerURL: 'https://parse.example:8080/parse' })).toBe(true);
    expect(may(own, HERE, { serverURL: 'https://parse.example/parse' })).toBe(false);
    expect(may({ origin: 'http://localhost' }, HERE, {}, 'rebound.example')).toBe(false);
  });

  it('for the addresses of masterKeyIps, and the default key for those of this machine alone', () => {
    expect(may({}, '192.168.1.5')).toBe(false);
    expect(may({}, '192.168.1.5', ALL)).toBe(false);
    expect(may({}, '192.168.1.5', { masterKey: 'own' })).toBe(false);
    expect(may({}, '192.168.1.5', { ...ALL, masterKey: 'own' })).toBe(true);
    expect(may({}, '127.0.0.2', { masterKeyIps: ['127.0.0.0/8'] })).toBe(true);
    expect(may({}, HERE, { masterKeyIps: [] })).toBe(false);
    expect(may({}, '')).toBe(false);
  });
});

describe('where the right master key does not count', () => {
  const { handle } = createFakeApp({ explain: true });
  const key = { 'x-parse-master-key': 'MASTER_KEY' };

  it('both protocols refuse, and say what to set', async () => {
    for (const url of ['/graphql', '/parse/users']) {
      const answer = await handle({ ...post({ query: '{ whoami }' }, key), url, peer: '192.168.1.5' });
      expect(answer.status).toBe(403);
      expect(JSON.parse(String(answer.body))).toEqual({
        error: 'unauthorized',
        emulator: {
          cause: expect.stringContaining('does not count where'),
          hint: expect.stringContaining('masterKeyIps'),
        },
      });
    }
  });

  it('a wrong one makes no difference, and CORS is open', async () => {
    const headers = { 'x-parse-master-key': 'wrong', origin: 'https://elsewhere.example' };
    const answer = await handle({ ...post({ query: '{ whoami }' }, headers), peer: HERE });
    expect(answer.status).toBe(200);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
  });
});
