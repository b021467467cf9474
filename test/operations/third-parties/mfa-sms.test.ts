import { describe, expect, it } from 'vitest';
import { as, createAccounts, refusal } from '../../support/accounts.ts';

const MOBILE = '+15555550123';

const start = async (sendSMS?: (token: string, mobile: string) => void) => {
  const settings = { options: ['SMS', 'TOTP'], digits: 6, period: 300, algorithm: 'SHA1' };
  const accounts = createAccounts({ auth: { mfa: { ...settings, ...(sendSMS && { sendSMS }) } } });
  const { objectId, sessionToken } = await accounts.signUp('jane', { email: 'jane@example.com' });
  const codes = () => accounts.emulator.outbox.filter(({ kind }) => kind === 'sms');
  return {
    ...accounts,
    codes,
    /** The code that came last. */
    code: () => codes().at(-1)?.text,
    change: (mfa: object | null) => accounts.call('PUT', `/users/${objectId}`, { authData: { mfa } }, as(sessionToken)),
    enter: (token: unknown) => accounts.logIn('jane', 'janespass', { authData: { mfa: { token } } }),
    me: () => accounts.call('GET', '/users/me', undefined, as(sessionToken)),
  };
};

const linked = async () => {
  const jane = await start();
  await jane.change({ mobile: MOBILE });
  await jane.change({ mobile: MOBILE, token: jane.code() });
  return jane;
};

describe('a second factor by SMS', () => {
  it('is linked by a code that lands in the outbox', async () => {
    const jane = await start();
    expect((await jane.change({ mobile: MOBILE })).status).toBe(200);
    expect(jane.codes()).toMatchObject([{ kind: 'sms', to: MOBILE, text: expect.stringMatching(/^\d{6}$/) }]);
    expect((await jane.me()).body).toMatchObject({ authData: { mfa: { status: 'disabled' } } });
    expect((await jane.change({ mobile: MOBILE, token: jane.code() })).status).toBe(200);
    expect((await jane.me()).body).toMatchObject({ authData: { mfa: { status: 'enabled' } } });
  });

  it("is handed to the application's sendSMS as well", async () => {
    const sent: string[][] = [];
    const jane = await start((...given) => void sent.push(given));
    await jane.change({ mobile: MOBILE });
    expect(sent).toEqual([[jane.code(), MOBILE]]);
  });

  it.each([
    ['another code', { mobile: MOBILE, token: '000000' }, 'Invalid MFA token'],
    ['a number that got none', { mobile: '+15555550124', token: '000000' }, 'This number is not pending'],
  ])('is not linked by %s', async (_, mfa, message) => {
    const jane = await start();
    await jane.change({ mobile: MOBILE });
    expect(refusal(await jane.change(mfa))).toEqual([400, 141, message]);
  });

  it('is not linked to what is no number', async () => {
    const jane = await start();
    expect(refusal(await jane.change({ mobile: 'call me' }))).toEqual([400, 141, 'Invalid mobile number.']);
    expect(jane.codes()).toEqual([]);
  });

  it('is not linked by a code that is too old', async () => {
    const jane = await start();
    await jane.change({ mobile: MOBILE });
    jane.emulator.clock.advance({ seconds: 301 });
    expect(refusal(await jane.change({ mobile: MOBILE, token: jane.code() }))).toEqual([400, 141, 'Invalid MFA token']);
  });

  it('is asked for at each log-in: a code comes on request, and is good once', async () => {
    const jane = await linked();
    expect(refusal(await jane.logIn('jane', 'janespass'))).toEqual([400, -1, 'Missing additional authData mfa']);
    expect(refusal(await jane.enter('request'))).toEqual([400, 141, 'Please enter the token']);
    expect(jane.codes()).toHaveLength(2);
    const code = jane.code();
    expect((await jane.enter(code)).status).toBe(200);
    expect(refusal(await jane.enter(code))).toEqual([400, 141, 'Invalid MFA token 1']);
  });

  it('lets nobody in by a code that is too old', async () => {
    const jane = await linked();
    await jane.enter('request');
    jane.emulator.clock.advance({ seconds: 301 });
    expect(refusal(await jane.enter(jane.code()))).toEqual([400, 141, 'Invalid MFA token 2']);
  });
});
