import { describe, expect, it } from 'vitest';
import { as, createAccounts, refusal, tokenIn } from '../../support/accounts.ts';
import { createClient, refusal as graphqlRefusal } from '../../support/graphql-client.ts';

const jane = { email: 'jane@example.com' };

describe('resetPassword', () => {
  it('mails a link, by which a new password is set and every session ends', async () => {
    const { signUp, call, post, newestMail, visit, submit, logIn } = createAccounts();
    const { sessionToken } = await signUp('jane', jane);
    expect(await post('/requestPasswordReset', jane)).toMatchObject({ status: 200, body: {} });
    const mail = newestMail();
    expect(mail).toMatchObject({
      kind: 'resetPassword',
      to: 'jane@example.com',
      subject: 'Password Reset for parse-users-emulator',
      link: expect.stringMatching(/\/parse\/apps\/APPLICATION_ID\/request_password_reset\?token=[A-Za-z0-9]{25}$/),
    });
    expect((await visit(mail.link)).heading).toBe('Choose a new password');
    const form = { token: tokenIn(mail), new_password: 'new secret' };
    expect((await submit('request_password_reset', form)).heading).toBe('Your password was changed');
    expect(refusal(await logIn('jane', 'janespass'))).toEqual([404, 101, 'Invalid username/password.']);
    expect((await logIn('jane', 'new secret')).status).toBe(200);
    const asked = await call('GET', '/users/me', undefined, as(sessionToken));
    expect(refusal(asked)).toEqual([400, 209, 'Invalid session token']);
  });

  it('leaves the sessions with revokeSessionOnPasswordReset off', async () => {
    const { signUp, call, reset } = createAccounts({ revokeSessionOnPasswordReset: false });
    const { sessionToken } = await signUp('jane', jane);
    await reset('jane@example.com', 'new secret');
    expect((await call('GET', '/users/me', undefined, as(sessionToken))).status).toBe(200);
  });

  it('takes the username of a user without an address, and of no other', async () => {
    const { signUp, post, emulator } = createAccounts();
    await signUp('jane', jane);
    await signUp('joe');
    await post('/requestPasswordReset', { email: 'jane' });
    await post('/requestPasswordReset', { email: 'joe' });
    expect(emulator.outbox.map(({ to }) => to)).toEqual(['joe']);
  });

  it('never tells whether the address is known, unless it is told to', async () => {
    const { post } = createAccounts();
    expect((await post('/requestPasswordReset', jane)).status).toBe(200);
    const telling = createAccounts({ passwordPolicy: { resetPasswordSuccessOnInvalidEmail: false } });
    expect(refusal(await telling.post('/requestPasswordReset', jane))).toEqual([
      404,
      101,
      'A user with that email does not exist.',
    ]);
  });

  it.each([
    [{}, 204, 'you must provide an email'],
    [{ email: '' }, 204, 'you must provide an email'],
    [{ email: { $ne: null } }, 125, 'you must provide a valid email string'],
    [{ token: 'nobodys' }, 125, 'you must provide a valid email string'],
    [{ token: { $ne: null } }, 162, 'token must be a string'],
  ])('refuses %j', async (body, code, error) => {
    const { post } = createAccounts();
    expect(refusal(await post('/requestPasswordReset', body))).toEqual([400, code, error]);
  });

  it('takes the token of a link that has expired in place of the address', async () => {
    const { signUp, post, newestMail, emulator } = createAccounts({
      passwordPolicy: { resetTokenValidityDuration: 60 },
    });
    await signUp('jane', jane);
    await post('/requestPasswordReset', jane);
    emulator.clock.advance({ minutes: 2 });
    expect((await post('/requestPasswordReset', { token: tokenIn(newestMail()) })).status).toBe(200);
    expect(emulator.outbox.map(({ to }) => to)).toEqual(['jane@example.com', 'jane@example.com']);
  });

  it('sends the same link again with resetTokenReuseIfValid, while it holds', async () => {
    const { signUp, post, emulator } = createAccounts({
      passwordPolicy: { resetTokenValidityDuration: 60, resetTokenReuseIfValid: true },
    });
    await signUp('jane', jane);
    for (const minutes of [0, 0.5, 1]) {
      emulator.clock.advance({ minutes });
      await post('/requestPasswordReset', jane);
    }
    const [first, again, later] = emulator.outbox.map(({ link }) => link);
    expect(again).toBe(first);
    expect(later).not.toBe(first);
  });
});

describe('confirmResetPassword', () => {
  const CONFIRM = `mutation ($password: String!, $token: String!) {
    confirmResetPassword(input: { username: "whoever", password: $password, token: $token }) { ok }
  }`;

  it('sets the password by the token of the link, over GraphQL', async () => {
    const { emulator, signUp, ask } = createClient();
    await signUp('jane', jane);
    expect(await ask('mutation { resetPassword(input: { email: "jane@example.com" }) { ok } }')).toMatchObject({
      data: { resetPassword: { ok: true } },
    });
    const [mail] = emulator.outbox;
    const token = mail ? tokenIn(mail) : '';
    expect((await ask(CONFIRM, { password: 'new secret', token })).data).toEqual({
      confirmResetPassword: { ok: true },
    });
    expect(graphqlRefusal(await ask(CONFIRM, { password: 'another', token }))).toEqual([
      'INTERNAL_SERVER_ERROR',
      'Unexpected error value: "Failed to reset password: username / email / token is invalid"',
    ]);
  });

  it.each([
    ['', 'x', 'you must provide a password'],
    ['x', '', 'you must provide a token'],
  ])('of password %j by token %j: %s', async (password, token, message) => {
    const { ask } = createClient();
    expect((await ask(CONFIRM, { password, token })).error?.message).toBe(message);
  });
});

it('a change of the password or the address makes the link useless, a change of the name does not', async () => {
  for (const [change, heading] of [
    [{ username: 'jane2' }, 'Choose a new password'],
    [{ password: 'other' }, 'This link is not valid'],
    [{ email: 'jane@work.example' }, 'This link is not valid'],
  ] as const) {
    const { signUp, call, post, newestMail, visit } = createAccounts();
    const { objectId, sessionToken } = await signUp('jane', jane);
    await post('/requestPasswordReset', jane);
    await call('PUT', `/users/${objectId}`, change, as(sessionToken));
    expect((await visit(newestMail().link)).heading).toBe(heading);
  }
});
