import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createEmulator } from '../../src/index.ts';
import { createClock } from '../../src/operations/clock.ts';
import { type Accounts, as, createAccounts, refusal } from '../support/accounts.ts';

/** What a test in another process sends. */
const advance = async ({ emulator }: Accounts, by: object): Promise<unknown> => {
  const { body } = await emulator.handle({
    method: 'POST',
    url: '/emulator/clock',
    headers: { host: 'localhost:1337', 'content-type': 'application/json' },
    body: JSON.stringify(by),
  });
  return JSON.parse(String(body));
};

const jane = { email: 'jane@example.com' };

describe('POST /emulator/clock', () => {
  it('answers with the time that it is then, and mail is dated by it', async () => {
    const accounts = createAccounts({ verifyUserEmails: true });
    const { now } = (await advance(accounts, { days: 365 })) as { now: string };
    expect(Date.parse(now) - Date.now()).toBeGreaterThan(364 * 24 * 3600 * 1000);
    await accounts.signUp('jane', jane);
    expect(accounts.newestMail().sentAt >= now).toBe(true);
  });

  it('lets a session expire', async () => {
    const accounts = createAccounts({ sessionLength: 3600 });
    const { sessionToken } = await accounts.signUp('jane');
    const me = async () => refusal(await accounts.call('GET', '/users/me', undefined, as(sessionToken)));
    await advance(accounts, { minutes: 59 });
    expect(await me()).toEqual([200, undefined, undefined]);
    await advance(accounts, { minutes: 2 });
    expect(await me()).toEqual([400, 209, 'Session token is expired.']);
  });

  it('lets a link to verify an address expire', async () => {
    const accounts = createAccounts({ verifyUserEmails: true, emailVerifyTokenValidityDuration: 60 });
    await accounts.signUp('jane', jane);
    await advance(accounts, { seconds: 60 });
    expect((await accounts.visit(accounts.newestMail().link)).heading).toBe('This link is not valid');
  });

  it('lets a link to reset a password expire', async () => {
    const accounts = createAccounts({ passwordPolicy: { resetTokenValidityDuration: 60 } });
    await accounts.signUp('jane', jane);
    await accounts.post('/requestPasswordReset', jane);
    await advance(accounts, { seconds: 60 });
    expect((await accounts.visit(accounts.newestMail().link)).heading).toBe('This link is not valid');
  });

  it('opens a locked account', async () => {
    const accounts = createAccounts({ accountLockout: { threshold: 1, duration: 10 } });
    await accounts.signUp('jane');
    await accounts.logIn('jane', 'wrong');
    expect((await accounts.logIn('jane', 'janespass')).status).toBe(404);
    await advance(accounts, { minutes: 10 });
    expect((await accounts.logIn('jane', 'janespass')).status).toBe(200);
  });

  it('makes a password too old', async () => {
    const accounts = createAccounts({ passwordPolicy: { maxPasswordAge: 90 } });
    await accounts.signUp('jane');
    await advance(accounts, { days: 91 });
    expect(refusal(await accounts.logIn('jane', 'janespass'))).toEqual([
      404,
      101,
      'Your password has expired. Please reset your password.',
    ]);
  });

  it('is undone by a reset', async () => {
    const accounts = createAccounts();
    await advance(accounts, { days: 365 });
    await accounts.emulator.reset();
    const before = Date.now();
    const now = accounts.emulator.clock.now();
    expect([before <= now, now <= Date.now()]).toEqual([true, true]);
  });
});

describe('the clock', () => {
  const create = () => createClock({ stands: true });

  it.each([
    ['2027-01-31T12:00:00Z', '2027-01-31T12:00:00.000Z'],
    ['2027-01-31T12:00:00.5+02:00', '2027-01-31T10:00:00.500Z'],
    ['1970-01-01', '1970-01-01T00:00:00.000Z'],
    ['0001-01-01', '0001-01-01T00:00:00.000Z'],
    [new Date('9999-12-31T23:59:59.999Z'), '9999-12-31T23:59:59.999Z'],
    [0, '1970-01-01T00:00:00.000Z'],
    [-1.5, '1969-12-31T23:59:59.999Z'],
  ])('is put to %s', (moment, expected) => {
    const clock = create();
    clock.set(moment);
    expect(new Date(clock.now()).toISOString()).toBe(expected);
    clock.advance({ milliseconds: 0 });
    clock.reset();
    expect(new Date(clock.now()).toISOString()).toBe('2026-01-01T00:00:00.000Z');
  });

  it.each([
    '2027-01-31T12:00:00',
    'tomorrow',
    '2027-13-01',
    '',
    Number.NaN,
    Infinity,
    1e16,
    new Date('no'),
    '10000-01-01',
  ])('refuses %s, and stays where it is', (moment) => {
    const clock = create();
    expect(() => clock.set(moment)).toThrow(/^Failed to set the clock: .* is not a moment\. Say 2027-01-31T12:00:00Z/);
    expect(clock.now()).toBe(Date.UTC(2026, 0, 1));
  });

  it('stands still, is moved all the same, and goes on from there', () => {
    vi.useFakeTimers({ now: 1000 });
    onTestFinished(() => void vi.useRealTimers());
    const clock = createClock();
    clock.stop();
    vi.setSystemTime(5000);
    expect([clock.now(), clock.isStopped()]).toEqual([1000, true]);
    clock.advance({ seconds: 1 });
    expect(clock.now()).toBe(2000);
    clock.go();
    vi.setSystemTime(6000);
    expect([clock.now(), clock.isStopped()]).toEqual([3000, false]);
  });

  it('of a fork stands as its original did', () => {
    const emulator = createEmulator();
    emulator.clock.set('2020-01-01T00:00:00Z');
    emulator.clock.stop();
    const fork = emulator.fork();
    fork.clock.advance({ hours: 1 });
    expect(fork.clock.isStopped()).toBe(true);
    fork.reset();
    expect(new Date(fork.clock.now()).toISOString()).toBe('2020-01-01T00:00:00.000Z');
  });
});
