import { beforeEach, describe, expect, it } from 'vitest';
import { createEmulator } from '../../src/index.ts';
import { ask } from '../support/ask.ts';

const emulator = createEmulator({
  bcryptRounds: 4,
  explain: true,
  verifyUserEmails: true,
  preventLoginWithUnverifiedEmail: true,
  clientKey: 'CLIENT',
});

const LOG_IN = 'mutation { logIn(input: { username: "ann", password: "secret" }) { viewer { user { username } } } }';

beforeEach(async () => {
  await emulator.reset();
  await emulator.users.create({ username: 'ann', email: 'ann@example.com' });
});

describe('users', () => {
  it('are made with a password and no session, and found', async () => {
    expect(await emulator.users.find('ann')).toMatchObject({ username: 'ann', email: 'ann@example.com' });
    expect(await emulator.users.find('ANN')).toBeUndefined();
    expect(emulator.snapshot()['_Session']).toBeUndefined();
    await expect(emulator.users.create({ username: 'ann' })).rejects.toThrow('Account already exists');
  });

  it('log in without a password, and are clients at once', async () => {
    const headers = await emulator.headersFor('ann');
    expect(headers).toEqual({
      'X-Parse-Application-Id': 'APPLICATION_ID',
      'X-Parse-Client-Key': 'CLIENT',
      'X-Parse-Session-Token': expect.stringMatching(/^r:\w{32}$/),
    });
    expect(await ask(emulator, '{ viewer { user { username } } }', { headers })).toEqual({
      data: { viewer: { user: { username: 'ann' } } },
    });
    expect(await emulator.headersFor()).not.toHaveProperty('X-Parse-Session-Token');
    await expect(emulator.users.logIn('ben')).rejects.toThrow('nobody is called "ben"');
  });

  it('verify their address', async () => {
    const headers = await emulator.headersFor();
    expect(await ask(emulator, LOG_IN, { headers })).toMatchObject({
      errors: [{ extensions: { code: 205, emulator: { hint: expect.stringContaining('verifyEmail') } } }],
    });
    await emulator.users.verifyEmail('ann');
    expect(await ask(emulator, LOG_IN, { headers })).toHaveProperty('data.logIn.viewer.user.username', 'ann');
  });

  it('are logged in in a browser, as the Parse SDK and others keep it', async () => {
    const state = await emulator.storageStateFor('ann', { origin: 'http://localhost:5173', key: 'token' });
    const [sdk, own] = state.origins[0]?.localStorage ?? [];
    expect(sdk?.name).toBe('Parse/APPLICATION_ID/currentUser');
    expect(JSON.parse(sdk?.value ?? '')).toMatchObject({
      username: 'ann',
      className: '_User',
      sessionToken: own?.value,
    });
    expect(own?.name).toBe('token');
    const { origins } = await emulator.storageStateFor('ann', { origin: 'http://localhost:5173/login' });
    expect(origins[0]?.origin).toBe('http://localhost:5173');
    for (const origin of ['localhost:5173', '/', ''])
      await expect(emulator.storageStateFor('ann', { origin })).rejects.toThrow(`"${origin}" is not an origin`);
  });
});

describe('outbox.waitFor', () => {
  it('finds the newest mail that fits, also one that is yet to come', async () => {
    const filter = { to: 'ben@example.com', kind: 'verifyEmail' } as const;
    const coming = emulator.outbox.waitFor(filter);
    await emulator.users.create({ username: 'ben', email: 'ben@example.com' });
    expect(await coming).toMatchObject(filter);
    expect(await emulator.outbox.waitFor({ to: 'ann@example.com' })).toMatchObject({ kind: 'verifyEmail' });
    expect(emulator.outbox).toEqual([expect.anything(), expect.anything()]);
  });

  it('says what is there when nothing comes', async () => {
    await expect(emulator.outbox.waitFor({ kind: 'resetPassword', timeout: 5 })).rejects.toThrow(
      'Failed to find resetPassword to anybody in the outbox: it holds verifyEmail to ann@example.com',
    );
  });
});
