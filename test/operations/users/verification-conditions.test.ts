import { describe, expect, it } from 'vitest';
import type { UserConditionRequest } from '../../../src/index.ts';
import { createAccounts, refusal } from '../../support/accounts.ts';

const jane = { username: 'jane', password: 'secret', email: 'jane@example.com' };

describe('verifyUserEmails as a function', () => {
  it('is asked for every user, with what is known of the request', async () => {
    const asked: UserConditionRequest[] = [];
    const verifyUserEmails = (request: UserConditionRequest): boolean => {
      asked.push(request);
      return request.object.get('email') === 'jane@example.com';
    };
    const { post, emulator } = createAccounts({ verifyUserEmails });
    await post('/users', { ...jane, username: 'joan', email: 'joan@example.com' });
    expect(emulator.outbox).toEqual([]);
    await post('/users', jane);
    expect(emulator.outbox).toMatchObject([{ to: 'jane@example.com' }]);
    expect(asked.at(-1)).toMatchObject({
      master: false,
      createdWith: { action: 'signup', authProvider: 'password' },
    });
    expect(asked.at(-1)?.object).toMatchObject({ username: 'jane' });
    expect(asked.at(-1)?.object).not.toHaveProperty('password');
  });

  it('may answer later', async () => {
    const { post, emulator } = createAccounts({ verifyUserEmails: async () => false });
    await post('/users', jane);
    expect(emulator.outbox).toEqual([]);
  });
});

describe('preventLoginWithUnverifiedEmail as a function', () => {
  it('refuses those for whom it answers true', async () => {
    const { post, logIn } = createAccounts({
      verifyUserEmails: true,
      preventLoginWithUnverifiedEmail: ({ object }: UserConditionRequest) => object.get('username') === 'jane',
    });
    expect((await post('/users', jane)).body).not.toHaveProperty('sessionToken');
    const joan = await post('/users', { ...jane, username: 'joan', email: 'joan@example.com' });
    expect(joan.body).toHaveProperty('sessionToken');
    expect(refusal(await logIn('jane', 'secret'))).toEqual([400, 205, 'User email is not verified.']);
    expect((await logIn('joan', 'secret')).status).toBe(200);
  });

  it('is not asked where no address is verified', async () => {
    const { post, logIn } = createAccounts({
      verifyUserEmails: () => false,
      preventLoginWithUnverifiedEmail: () => {
        throw new Error('asked');
      },
    });
    await post('/users', jane);
    expect((await logIn('jane', 'secret')).status).toBe(200);
  });
});

it('sendUserEmailVerification as a function keeps mails back', async () => {
  const { post, emulator } = createAccounts({
    verifyUserEmails: true,
    sendUserEmailVerification: ({ user }) => user.get('username') !== 'jane',
  });
  await post('/users', jane);
  expect(emulator.outbox).toEqual([]);
  await post('/users', { ...jane, username: 'joan', email: 'joan@example.com' });
  expect(emulator.outbox).toMatchObject([{ to: 'joan@example.com' }]);
});
