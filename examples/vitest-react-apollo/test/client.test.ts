import { test } from 'parse-users-emulator/vitest';
import { createClient } from '../src/client.ts';
import { SIGN_UP } from '../src/operations.ts';

// these run at once, each with an emulator of its own: in one that they shared, the name would be taken for all but the first
test.concurrent.for([1, 2, 3])('signs up as ann, %i', async (_number, { emulator, expect }) => {
  const variables = { username: 'ann', password: 'secret' };
  const { data } = await createClient().mutate({ mutation: SIGN_UP, variables });
  expect(data?.signUp.viewer.sessionToken).toMatch(/^r:/);
  expect(await emulator.users.find('ann')).toMatchObject({ username: 'ann' });
});
