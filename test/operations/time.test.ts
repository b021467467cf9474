import { describe, expect, it } from 'vitest';
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
