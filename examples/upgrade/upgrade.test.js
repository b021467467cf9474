import { createEmulator } from 'parse-users-emulator';
import { describe, expect, test } from 'vitest';
import { createAccount } from './account.js';

const versions = ['6.5', '8.6', '9.10'];

const start = (parseVersion) => {
  const emulator = createEmulator({ parseVersion, verifyUserEmails: true, bcryptRounds: 4 });
  const account = createAccount((address, init) => emulator.fetch(new Request(address, init)));
  return { emulator, account };
};

const ANN = { username: 'ann', password: 'annspass', email: 'ann@example.com' };
const BOB = { username: 'bob', password: 'bobspass' };

describe('what goes on working', () => {
  test.for(versions)('%s: one renames oneself', async (version) => {
    const { account } = start(version);
    const { sessionToken, user } = await account.signUp(ANN);
    const { data } = await account.rename(user.id, 'anna', sessionToken);
    expect(data.updateUser.user.username).toBe('anna');
  });

  test.for(versions)('%s: one is refused to rename others, with 206', async (version) => {
    const { account } = start(version);
    const ann = await account.signUp(ANN);
    const bob = await account.signUp(BOB);
    const { error } = await account.rename(ann.user.id, 'bobs', bob.sessionToken);
    expect(error.extensions.code).toBe(206);
  });
});

/** What an upgrade breaks: who looks at these must be changed before. */
const BREAKS = {
  6.5: {
    refusal: 'Insufficient auth.',
    resend: 'No user found with email nobody@example.com',
    badVariables: 200,
    link: '&username=ann',
  },
  8.6: { refusal: 'Permission denied', resend: undefined, badVariables: 200, link: '' },
  '9.10': { refusal: 'Permission denied', resend: undefined, badVariables: 400, link: '' },
};

describe('what an upgrade breaks', () => {
  test.for(versions)('%s: whoever reads the words of a refusal', async (version) => {
    const { account } = start(version);
    const ann = await account.signUp(ANN);
    const bob = await account.signUp(BOB);
    const { error } = await account.rename(ann.user.id, 'bobs', bob.sessionToken);
    expect(error.message).toBe(BREAKS[version].refusal);
  });

  test.for(versions)('%s: whoever tells people that an address is unknown', async (version) => {
    const { account } = start(version);
    const { error } = await account.resend('nobody@example.com');
    expect(error?.message).toBe(BREAKS[version].resend);
  });

  test.for(versions)('%s: whoever looks at the status of HTTP for wrong variables', async (version) => {
    const { account } = start(version);
    const { status } = await account.find(null);
    expect(status).toBe(BREAKS[version].badVariables);
  });

  test.for(versions)('%s: whoever takes the name of the user out of a mail', async (version) => {
    const { account, emulator } = start(version);
    await account.signUp(ANN);
    const { link } = await emulator.outbox.waitFor({ to: ANN.email, kind: 'verifyEmail' });
    expect(link.replace(/token=\w+/, '')).toMatch(new RegExp(`verify_email\\?${BREAKS[version].link}$`));
  });
});
