import { describe, expect, it } from 'vitest';
import type { EmulatorOptions } from '../../../src/index.ts';
import { type Accounts, as, createAccounts, MASTER, refusal } from '../../support/accounts.ts';

const WRONG = [404, 101, 'Invalid username/password.'];
const LOCKED = [
  404,
  101,
  'Your account is locked due to multiple failed login attempts. Please try again after 5 minute(s)',
];

const start = (lockout: Partial<EmulatorOptions['accountLockout']> = {}): Accounts =>
  createAccounts({ accountLockout: { threshold: 3, duration: 5, ...lockout } });

const fail = async ({ logIn }: Accounts, times: number): Promise<unknown> => {
  let answer: unknown;
  for (let time = 0; time < times; time++) answer = refusal(await logIn('jane', 'wrong'));
  return answer;
};

describe('accountLockout', () => {
  it('locks an account after so many wrong passwords, even to the right one', async () => {
    const accounts = start();
    await accounts.signUp('jane');
    expect(await fail(accounts, 3)).toEqual(WRONG);
    expect(refusal(await accounts.logIn('jane', 'janespass'))).toEqual(LOCKED);
    expect(await fail(accounts, 1)).toEqual(LOCKED);
  });

  it('starts the count again after a right one', async () => {
    const accounts = start();
    await accounts.signUp('jane');
    for (let round = 0; round < 3; round++) {
      expect(await fail(accounts, 2)).toEqual(WRONG);
      expect((await accounts.logIn('jane', 'janespass')).status).toBe(200);
    }
  });

  it('opens after its minutes; then one more wrong password locks again', async () => {
    const accounts = start();
    await accounts.signUp('jane');
    await fail(accounts, 3);
    accounts.emulator.clock.advance({ minutes: 4, seconds: 59 });
    expect(refusal(await accounts.logIn('jane', 'janespass'))).toEqual(LOCKED);
    accounts.emulator.clock.advance({ seconds: 1 });
    expect(await fail(accounts, 1)).toEqual(LOCKED);
    accounts.emulator.clock.advance({ minutes: 5 });
    expect((await accounts.logIn('jane', 'janespass')).status).toBe(200);
  });

  it('does not reckon attempts against a locked account', async () => {
    const accounts = start();
    await accounts.signUp('jane');
    await fail(accounts, 3);
    accounts.emulator.clock.advance({ minutes: 4 });
    await fail(accounts, 10);
    accounts.emulator.clock.advance({ minutes: 1 });
    expect((await accounts.logIn('jane', 'janespass')).status).toBe(200);
  });

  it('counts each attempt, also when many come at once', async () => {
    const accounts = start();
    await accounts.signUp('jane');
    await Promise.all(Array.from({ length: 10 }, () => accounts.logIn('jane', 'wrong')));
    expect(refusal(await accounts.logIn('jane', 'janespass'))).toEqual(LOCKED);
  });

  it('leaves sessions alone, and the accounts of others', async () => {
    const accounts = start();
    const { sessionToken } = await accounts.signUp('jane');
    await accounts.signUp('joe');
    await fail(accounts, 3);
    expect((await accounts.call('GET', '/users/me', undefined, as(sessionToken))).status).toBe(200);
    expect((await accounts.logIn('joe', 'joespass')).status).toBe(200);
  });

  it('counts what verifyPassword is given', async () => {
    const accounts = start();
    await accounts.signUp('jane');
    for (let time = 0; time < 3; time++) await accounts.post('/verifyPassword', { username: 'jane', password: 'x' });
    expect(refusal(await accounts.logIn('jane', 'janespass'))).toEqual(LOCKED);
  });

  it.each([
    [false, LOCKED],
    [true, [200, undefined, undefined]],
  ])('with unlockOnPasswordReset %s, after a reset', async (unlockOnPasswordReset, expected) => {
    const accounts = start({ unlockOnPasswordReset });
    await accounts.signUp('jane', { email: 'jane@example.com' });
    await fail(accounts, 3);
    await accounts.reset('jane@example.com', 'new secret');
    expect(refusal(await accounts.logIn('jane', 'new secret'))).toEqual(expected);
  });

  it('is not opened by a new password that the master key sets', async () => {
    const accounts = start({ unlockOnPasswordReset: true });
    const { objectId } = await accounts.signUp('jane');
    await fail(accounts, 3);
    await accounts.call('PUT', `/users/${objectId}`, { password: 'new secret' }, MASTER);
    expect(refusal(await accounts.logIn('jane', 'new secret'))).toEqual(LOCKED);
  });
});
