import { describe, expect, it, vi } from 'vitest';
import { as, createAccounts, MASTER, refusal, tokenIn } from '../../support/accounts.ts';
import { createClient, refusal as graphqlRefusal } from '../../support/graphql-client.ts';

const REFUSED = 'Password does not meet the Password Policy requirements.';
const jane = { email: 'jane@example.com' };

describe('validatorPattern', () => {
  it.each([
    ['^.{8,}$', 'short', 'long enough'],
    ['^(?=.*[a-z])(?=.*[0-9]).{4,}$', 'abcd', 'abc4'],
    [/^[a-z]+$/i, 'abc4', 'ABC'],
    ['[äöü]', 'abc', 'für'],
    ['(?<=a+)b', 'cb', 'aab'],
  ])('%s refuses %j and takes %j', async (validatorPattern, bad, good) => {
    const { post } = createAccounts({ passwordPolicy: { validatorPattern } });
    const signUp = (password: string) => post('/users', { username: 'jane', password });
    expect(refusal(await signUp(bad))).toEqual([400, 142, REFUSED]);
    expect((await signUp(good)).status).toBe(201);
  });

  it('holds for every new password: by the user, the master key, a link, GraphQL', async () => {
    const passwordPolicy = { validatorPattern: '^.{8,}$', validationError: 'Eight letters, please.' };
    const { signUp, call, post, submit, newestMail, logIn } = createAccounts({ passwordPolicy });
    const { objectId, sessionToken } = await signUp('jane', jane);
    for (const headers of [as(sessionToken), MASTER]) {
      const changed = await call('PUT', `/users/${objectId}`, { password: 'short' }, headers);
      expect(refusal(changed)).toEqual([400, 142, 'Eight letters, please.']);
    }
    await post('/requestPasswordReset', jane);
    const token = tokenIn(newestMail());
    await submit('request_password_reset', { token, new_password: 'short' });
    expect((await logIn('jane', 'janespass')).status).toBe(200);
    const another = await submit('request_password_reset', { token, new_password: 'long enough' });
    expect(another.heading).toBe('Your password was changed');

    const { ask } = createClient({ passwordPolicy });
    const answer = await ask(
      'mutation { signUp(input: { fields: { username: "joe", password: "short" } }) { viewer { sessionToken } } }',
    );
    expect(graphqlRefusal(answer)).toEqual([142, 'Eight letters, please.']);
  });

  it('takes a bounded time, whatever the password', async () => {
    const { post } = createAccounts({ passwordPolicy: { validatorPattern: '^(a+)+$' } });
    const password = `${'a'.repeat(60)}!`; // the engine of the runtime would try this for ages
    expect(refusal(await post('/users', { username: 'jane', password }))).toEqual([400, 142, REFUSED]);
  });
});

it('validatorCallback decides about what the pattern takes', async () => {
  const validatorCallback = vi.fn((password: string) => password !== 'password');
  const { post } = createAccounts({ passwordPolicy: { validatorPattern: '^.{4,}$', validatorCallback } });
  const signUp = (password: string) => post('/users', { username: 'jane', password });
  expect(refusal(await signUp('abc'))).toEqual([400, 142, REFUSED]);
  expect(validatorCallback).not.toHaveBeenCalled();
  expect(refusal(await signUp('password'))).toEqual([400, 142, REFUSED]);
  expect((await signUp('better')).status).toBe(201);
});

describe('doNotAllowUsername', () => {
  const start = () => createAccounts({ passwordPolicy: { doNotAllowUsername: true } });

  it.each([
    ['jane', [400, 142, 'Password cannot contain your username.']],
    ['my jane!', [400, 142, 'Password cannot contain your username.']],
    ['JANE', [201, undefined, undefined]],
  ])('of jane, with the password %j', async (password, expected) => {
    expect(refusal(await start().post('/users', { username: 'jane', password }))).toEqual(expected);
  });

  it('looks at the name that comes along with a new password', async () => {
    const { post, call } = start();
    const { objectId, sessionToken } = (await post('/users', { username: 'jane', password: 'secret' })).body as {
      objectId: string;
      sessionToken: string;
    };
    const change = (fields: object) => call('PUT', `/users/${objectId}`, fields, as(sessionToken));
    expect((await change({ username: 'joe', password: 'i am joe' })).status).toBe(400);
    expect((await change({ username: 'joe', password: 'i was jane' })).status).toBe(200);
  });
});

it('maxPasswordHistory refuses the last passwords, the present one among them', async () => {
  const { post, call } = createAccounts({ passwordPolicy: { maxPasswordHistory: 3 } });
  const { body } = await post('/users', { username: 'jane', password: 'one' });
  const { objectId } = body as { objectId: string };
  const change = async (password: string) =>
    refusal(await call('PUT', `/users/${objectId}`, { password }, MASTER))[2] ?? 'taken';
  const refused = 'New password should not be the same as last 3 passwords.';
  const answers = [];
  for (const password of ['one', 'two', 'three', 'one', 'two', 'four', 'one', 'two'])
    answers.push(await change(password));
  expect(answers).toEqual([refused, 'taken', 'taken', refused, refused, 'taken', 'taken', 'taken']);
});

describe('maxPasswordAge', () => {
  const expired = [404, 101, 'Your password has expired. Please reset your password.'];

  it('lets a session live on, but logs nobody in with a password that is too old', async () => {
    const { signUp, logIn, call, emulator } = createAccounts({ passwordPolicy: { maxPasswordAge: 30 } });
    const { sessionToken } = await signUp('jane');
    emulator.clock.advance({ days: 29 });
    expect((await logIn('jane', 'janespass')).status).toBe(200);
    emulator.clock.advance({ days: 2 });
    expect(refusal(await logIn('jane', 'janespass'))).toEqual(expired);
    expect(refusal(await logIn('jane', 'wrong'))).toEqual([404, 101, 'Invalid username/password.']);
    expect((await call('GET', '/users/me', undefined, as(sessionToken))).status).toBe(200);
  });

  it('begins anew with a new password', async () => {
    const { signUp, logIn, reset, emulator } = createAccounts({ passwordPolicy: { maxPasswordAge: 30 } });
    await signUp('jane', jane);
    emulator.clock.advance({ days: 31 });
    await reset('jane@example.com', 'janespass');
    expect((await logIn('jane', 'janespass')).status).toBe(200);
    emulator.clock.advance({ days: 31 });
    expect(refusal(await logIn('jane', 'janespass'))).toEqual(expired);
  });
});
