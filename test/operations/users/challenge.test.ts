import { describe, expect, it } from 'vitest';
import { type Accounts, createAccounts, refusal } from '../../support/accounts.ts';
import { createClient } from '../../support/graphql-client.ts';

const auth = { facebook: { accessTokens: ['valid'] }, google: true } as const;
const facebook = { facebook: { id: '1', access_token: 'valid' } };
const challengeData = { facebook: { wanted: true } };

const start = async (): Promise<Accounts> => {
  const accounts = createAccounts({ auth });
  await accounts.signUp('jane', { authData: facebook });
  return accounts;
};

describe('challenge', () => {
  it.each([
    ['nobody', {}],
    ['somebody by name and password', { username: 'jane', password: 'janespass' }],
    ['somebody by a third party', { authData: facebook }],
    ['somebody by a third party, and another without an id', { authData: { ...facebook, google: {} } }],
  ])('is answered to %s with what the providers ask, which is nothing', async (_, input) => {
    const { post } = await start();
    expect(await post('/challenge', { challengeData, ...input })).toMatchObject({
      status: 200,
      body: { challengeData: {} },
    });
  });

  it.each([
    [{}, -1, 'Nothing to challenge.'],
    [{ challengeData: 'x' }, -1, 'challengeData should be an object.'],
    [{ challengeData, authData: 'x' }, -1, 'authData should be an object.'],
    [{ challengeData, authData: { facebook: 'x' } }, -1, 'authData.facebook should be an object.'],
    [{ challengeData, username: 'jane' }, -1, 'You provided username or email, you need to also provide password.'],
    [
      { challengeData, username: 'jane', password: 'janespass', authData: facebook },
      -1,
      'You cannot provide username/email and authData, only use one identification method.',
    ],
    [
      { challengeData, authData: { ...facebook, google: { id: '2' } } },
      -1,
      'You cannot provide more than one authData provider with an id.',
    ],
  ])('of %j makes no sense', async (input, code, message) => {
    const { post } = await start();
    expect(refusal(await post('/challenge', input))).toEqual([400, code, message]);
  });

  it.each([
    [{ username: 'jane', password: 'wrong' }, 'Invalid username/password.'],
    [{ username: 'nobody', password: 'janespass' }, 'Invalid username/password.'],
    [{ authData: { facebook: { id: '1', access_token: 'forged' } } }, 'User not found.'],
    [{ authData: { facebook: { id: '2', access_token: 'valid' } } }, 'User not found.'],
    [{ authData: { nowhere: { id: '1' } } }, 'User not found.'],
  ])('for %j tells nothing of who is there', async (input, message) => {
    const { post } = await start();
    expect(refusal(await post('/challenge', { challengeData, ...input }))).toEqual([404, 101, message]);
  });

  it('is asked for over GraphQL, too', async () => {
    const { ask } = createClient({ auth });
    const { data } = await ask('mutation { challenge(input: { challengeData: { facebook: {} } }) { challengeData } }');
    expect(data).toEqual({ challenge: { challengeData: {} } });
  });
});
