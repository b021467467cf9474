import { describe, expect, it } from 'vitest';
import { type Connection, connect } from '../../../src/client/index.ts';
import { createEmulator, type EmulatorOptions } from '../../../src/index.ts';

const SECRET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const start = async (options: EmulatorOptions = {}): Promise<Connection> => {
  const emulator = createEmulator({
    bcryptRounds: 4,
    seed: {
      _User: [
        { username: 'ann', password: 'secret' },
        { username: 'bob', password: 'secret', authData: { mfa: { secret: SECRET, recovery: ['one'] } } },
      ],
    },
    auth: { mfa: { options: ['TOTP'] } },
    ...options,
  });
  await emulator.ready;
  return connect('http://localhost', { fetch: emulator.fetch });
};

describe('the options in force', () => {
  it('tell where they come from, and keep secrets to themselves until they are asked for', async () => {
    const connection = await start({ masterKey: 'KEY', appName: 'Mine' });
    const options = await connection.options();
    const find = (name: string) => options.find((one) => one.name === name);
    expect(find('appName')).toMatchObject({ value: 'Mine', from: 'options', isSecret: false });
    expect(find('masterKey')).toMatchObject({ value: '***', from: 'options', isSecret: true });
    expect(find('sessionLength')).toMatchObject({ value: 31_536_000, from: 'default' });
    expect(find('seed')).toMatchObject({ value: 'fixtures' });
    expect(JSON.stringify(options)).not.toContain('KEY"');
    const told = await connection.options({ secrets: true });
    expect(told.find(({ name }) => name === 'masterKey')).toMatchObject({ value: 'KEY' });
  });
});

describe('what expires next', () => {
  it('is nothing, then a session', async () => {
    const connection = await start();
    expect(await connection.nextExpiry()).toBeUndefined();
    await connection.users.logIn('ann');
    const next = await connection.nextExpiry();
    expect(next).toMatchObject({ kind: 'session', username: 'ann' });
    await connection.clock.set((next?.at ?? 0) + 1);
    expect(await connection.nextExpiry()).toBeUndefined();
  });

  it('is a lock before a session', async () => {
    const connection = await start({ accountLockout: { threshold: 2, duration: 5 } });
    await connection.users.logIn('ann');
    await connection.users.lock('ann', true);
    expect(await connection.nextExpiry()).toMatchObject({ kind: 'lock', username: 'ann' });
  });
});

describe('the code of an authenticator', () => {
  it('logs in', async () => {
    const connection = await start();
    const { code, seconds } = await connection.mfaCode('bob');
    expect(code).toMatch(/^\d{6}$/);
    expect(seconds).toBeGreaterThan(0);
    const body = { username: 'bob', password: 'secret', authData: { mfa: { token: code } } };
    expect(await connection.rest({ method: 'POST', path: '/login', body, as: null })).toMatchObject({ status: 200 });
  });

  it('is not there for who has none', async () => {
    const connection = await start();
    await expect(connection.mfaCode('ann')).rejects.toThrow('Failed to read a code: "ann" has no authenticator');
  });
});

describe('faults', () => {
  it('tell what they have struck, and end one by one', async () => {
    const emulator = createEmulator({ bcryptRounds: 4 });
    const connection = connect('http://localhost', { fetch: emulator.fetch });
    await connection.faults.add([{ status: 503, times: 1 }, { latency: 0 }]);
    const ask = () => emulator.fetch('/parse/health');
    expect((await ask()).status).toBe(503);
    expect((await ask()).status).toBe(200);
    const [first, second] = await connection.faults.records();
    expect(first).toMatchObject({ hits: 1, isOver: true, strikes: [{ operation: 'GET /health' }] });
    expect(second).toMatchObject({ hits: 2, isOver: false });
    await connection.faults.end(second?.id ?? 0);
    expect(await connection.faults.list()).toEqual([]);
    await expect(connection.faults.end(99)).rejects.toThrow('Failed to end a fault: there is none with the id 99');
  });
});

describe('a request as it came', () => {
  it('has its secrets, which the log has not', async () => {
    const emulator = createEmulator({ bcryptRounds: 4 });
    const connection = connect('http://localhost', { fetch: emulator.fetch });
    const headers = { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' };
    const body = JSON.stringify({ username: 'ann', password: 'secret' });
    await emulator.fetch('/parse/users', { method: 'POST', headers, body });
    const [logged] = await connection.requests();
    expect(JSON.stringify(logged)).not.toContain('"secret"');
    expect(await connection.originalRequest(logged?.id ?? 0)).toMatchObject({ method: 'POST', body });
    await expect(connection.originalRequest(99)).rejects.toThrow('none of the last hundred has the id 99');
  });
});
