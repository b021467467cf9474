import { describe, expect, it } from 'vitest';
import { as, createAccounts, MASTER, refusal, tokenIn } from '../../support/accounts.ts';

const VERIFIED = 'Your address is verified';
const INVALID = 'This link is not valid';
const jane = { email: 'jane@example.com' };

describe('verifyUserEmails', () => {
  it('sends a link to a new user, which verifies the address', async () => {
    const { signUp, call, emulator, newestMail, visit } = createAccounts({ verifyUserEmails: true });
    const { objectId, sessionToken } = await signUp('jane', jane);
    expect(emulator.outbox).toEqual([
      {
        kind: 'verifyEmail',
        to: 'jane@example.com',
        subject: 'Please verify your e-mail for parse-users-emulator',
        text: expect.stringContaining(newestMail().link),
        link: expect.stringMatching(
          /^http:\/\/localhost:1337\/parse\/apps\/APPLICATION_ID\/verify_email\?token=[A-Za-z0-9]{25}$/,
        ),
        sentAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      },
    ]);
    expect((await call('GET', `/users/${objectId}`, undefined, as(sessionToken))).body).toMatchObject({
      emailVerified: false,
    });
    expect(await visit(newestMail().link)).toEqual({ status: 200, location: null, heading: VERIFIED });
    expect((await call('GET', `/users/${objectId}`, undefined, as(sessionToken))).body).toMatchObject({
      emailVerified: true,
    });
  });

  it('asks for a new proof whenever the address is written, also by the master key', async () => {
    const { signUp, call, emulator, newestMail, visit } = createAccounts({ verifyUserEmails: true });
    const { objectId, sessionToken } = await signUp('jane', jane);
    const first = newestMail().link;
    await call('PUT', `/users/${objectId}`, { email: 'jane@work.example' }, as(sessionToken));
    expect(newestMail().to).toBe('jane@work.example');
    expect((await visit(first)).heading).toBe(INVALID);
    await visit(newestMail().link);
    await call('PUT', `/users/${objectId}`, { email: 'jane@work.example', emailVerified: true }, MASTER);
    expect(emulator.outbox).toHaveLength(3);
    const { body } = await call('GET', `/users/${objectId}`, undefined, MASTER);
    expect(body).toMatchObject({ emailVerified: false });
  });

  it('is off by default', async () => {
    const { signUp, emulator } = createAccounts();
    await signUp('jane', jane);
    expect(emulator.outbox).toEqual([]);
  });
});

describe('preventLoginWithUnverifiedEmail', () => {
  it('refuses log-in until the link was followed', async () => {
    const { post, logIn, newestMail, visit } = createAccounts({
      verifyUserEmails: true,
      preventLoginWithUnverifiedEmail: true,
    });
    const signedUp = await post('/users', { username: 'jane', password: 'secret', ...jane });
    expect(signedUp.body).not.toHaveProperty('sessionToken');
    expect(refusal(await logIn('jane', 'secret'))).toEqual([400, 205, 'User email is not verified.']);
    expect(refusal(await logIn('jane', 'wrong'))).toEqual([404, 101, 'Invalid username/password.']);
    await visit(newestMail().link);
    expect((await logIn('jane', 'secret')).status).toBe(200);
  });

  it('lets the master key pass, if it says so', async () => {
    const { signUp, post } = createAccounts({ verifyUserEmails: true, preventLoginWithUnverifiedEmail: true });
    await signUp('jane', jane);
    const credentials = { username: 'jane', password: 'janespass', ignoreEmailVerification: true };
    expect(refusal(await post('/login', credentials))).toEqual([400, 205, 'User email is not verified.']);
    expect((await post('/login', credentials, MASTER)).status).toBe(200);
  });

  it('refuses even the sign-up, with preventSignupWithUnverifiedEmail; the user is made and gets its mail', async () => {
    const { post, logIn, newestMail, visit } = createAccounts({
      verifyUserEmails: true,
      preventLoginWithUnverifiedEmail: true,
      preventSignupWithUnverifiedEmail: true,
    });
    const signedUp = await post('/users', { username: 'jane', password: 'secret', ...jane });
    expect(refusal(signedUp)).toEqual([400, 205, 'User email is not verified.']);
    await visit(newestMail().link);
    expect((await logIn('jane', 'secret')).status).toBe(200);
  });
});

it('sendUserEmailVerification off leaves the mail to the application', async () => {
  const { signUp, call, emulator } = createAccounts({ verifyUserEmails: true, sendUserEmailVerification: false });
  const { objectId } = await signUp('jane', jane);
  expect(emulator.outbox).toEqual([]);
  const { body } = await call('GET', `/users/${objectId}`, undefined, MASTER);
  expect(body).toMatchObject({ emailVerified: false });
});

describe('a request for another verification mail', () => {
  it('sends a new link, and the one before is dead', async () => {
    const { signUp, post, newestMail, visit } = createAccounts({ verifyUserEmails: true });
    await signUp('jane', jane);
    const first = newestMail().link;
    expect(await post('/verificationEmailRequest', jane)).toMatchObject({ status: 200, body: {} });
    expect((await visit(first)).heading).toBe(INVALID);
    expect((await visit(newestMail().link)).heading).toBe(VERIFIED);
  });

  it('never tells whether the address is known', async () => {
    const { signUp, post, emulator } = createAccounts({ verifyUserEmails: true });
    await signUp('jane', jane);
    for (const email of ['nobody@example.com', 'JANE@example.com', 'nonsense', 'jane']) {
      expect(await post('/verificationEmailRequest', { email })).toMatchObject({ status: 200, body: {} });
    }
    expect(emulator.outbox).toHaveLength(1);
  });

  it.each([
    [{}, 204, 'you must provide an email'],
    [{ email: '' }, 204, 'you must provide an email'],
    [{ email: { $ne: null } }, 125, 'you must provide a valid email string'],
    [{ email: 'nobody@example.com' }, 205, 'No user found with email nobody@example.com'],
    [{ email: 'joe@example.com' }, -1, 'Email joe@example.com is already verified.'],
  ])('for %j is refused, with emailVerifySuccessOnInvalidEmail off', async (body, code, error) => {
    const { signUp, post, newestMail, visit } = createAccounts({
      verifyUserEmails: true,
      emailVerifySuccessOnInvalidEmail: false,
    });
    await signUp('joe', { email: 'joe@example.com' });
    await visit(newestMail().link);
    expect(refusal(await post('/verificationEmailRequest', body))).toEqual([400, code, error]);
  });

  it.each([
    ['username', () => ({ username: 'jane' })],
    ['an old token', (token: string) => ({ token })],
  ])('can be made on the page of a link, by %s', async (_, toForm) => {
    const { signUp, submit, newestMail, visit } = createAccounts({ verifyUserEmails: true });
    await signUp('jane', jane);
    const { status, location } = await submit('resend_verification_email', toForm(tokenIn(newestMail())));
    expect([status, location]).toEqual([
      303,
      expect.stringContaining('/parse/apps/email_verification_send_success.html?appId=APPLICATION_ID&'),
    ]);
    expect((await visit(newestMail().link)).heading).toBe(VERIFIED);
  });
});

it('emailVerifyTokenReuseIfValid sends a link again while it holds, unless it is asked for on its page', async () => {
  const { signUp, post, submit, emulator } = createAccounts({
    verifyUserEmails: true,
    emailVerifyTokenValidityDuration: 3600,
    emailVerifyTokenReuseIfValid: true,
  });
  await signUp('jane', jane);
  await post('/verificationEmailRequest', jane);
  emulator.clock.advance({ hours: 2 });
  await post('/verificationEmailRequest', jane);
  await submit('resend_verification_email', { username: 'jane' });
  const [first, again, later, byPage] = emulator.outbox.map(({ link }) => link);
  expect(again).toBe(first);
  expect(later).not.toBe(first);
  expect(byPage).not.toBe(later);
});
