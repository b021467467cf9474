import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cryptoRandom, newSecret } from '../../../src/operations/random.ts';
import { type Accounts, APP, as, createAccounts, MASTER, refusal, tokenIn } from '../../support/accounts.ts';

const jane = { email: 'jane@example.com' };
const joe = { email: 'joe@example.com' };

let accounts: Accounts;
let verification: string;
let reset: string;

/** Jane waits for her address to be verified, and has asked for a new password. */
beforeEach(async () => {
  accounts = createAccounts({
    verifyUserEmails: true,
    emailVerifyTokenValidityDuration: 3600,
    passwordPolicy: { resetTokenValidityDuration: 3600 },
  });
  await accounts.signUp('jane', jane);
  verification = tokenIn(accounts.newestMail());
  await accounts.post('/requestPasswordReset', jane);
  reset = tokenIn(accounts.newestMail());
});

const isVerified = async (): Promise<boolean> => {
  const { body } = await accounts.call('GET', '/users', undefined, MASTER);
  return (body as { results: { emailVerified: boolean }[] }).results.some(({ emailVerified }) => emailVerified);
};

const link = (page: string, search: string): string =>
  `http://localhost:1337/parse/apps/APPLICATION_ID/${page}${search}`;

const UNUSABLE: readonly (readonly [string, () => string])[] = [
  ['no token', () => ''],
  ['an empty token', () => '?token='],
  ['a token of nobody', () => '?token=0123456789012345678901234'],
  ['a token cut short', () => `?token=${verification.slice(0, -1)}`],
  ['a token with a letter more', () => `?token=${verification}x`],
  ['a token in another letter case', () => `?token=${verification.toLowerCase()}`],
  ['a token with white space', () => `?token=%20${verification}%20`],
  ['a token among others', () => `?token=${verification}&token=${verification}`],
  ['a token in a list', () => `?token[]=${verification}`],
  ['an operator in place of a token', () => '?token[$ne]=x'],
  ['a pattern in place of a token', () => '?token[$regex]=.*'],
  ['a token that is not well encoded', () => '?token=%'],
  ['a token with a zero', () => `?token=${verification}%00`],
  ['a token under a wrong name', () => `?_email_verify_token=${verification}`],
  ['the token of the other kind of link', () => `?token=${reset}`],
  ['a name of what every object has', () => '?token=__proto__'],
];

describe('a link to verify an address', () => {
  it.each(UNUSABLE)('with %s verifies nobody', async (_, toSearch) => {
    expect((await accounts.visit(link('verify_email', toSearch()))).heading).toBe('This link is not valid');
    expect(await isVerified()).toBe(false);
    expect((await accounts.visit(link('verify_email', `?token=${verification}`))).heading).toBe(
      'Your address is verified',
    );
  });

  it('works once', async () => {
    const headings = [];
    for (const _ of ['first', 'second']) {
      headings.push((await accounts.visit(link('verify_email', `?token=${verification}`))).heading);
    }
    expect(headings).toEqual(['Your address is verified', 'This link is not valid']);
  });

  it('works for one of many who follow it at once', async () => {
    const visits = Array.from({ length: 5 }, () => accounts.visit(link('verify_email', `?token=${verification}`)));
    const headings = (await Promise.all(visits)).map(({ heading }) => heading);
    expect(headings.filter((heading) => heading === 'Your address is verified')).toHaveLength(1);
  });

  it('expires', async () => {
    accounts.emulator.clock.advance({ minutes: 59 });
    accounts.emulator.clock.advance({ minutes: 1 });
    expect((await accounts.visit(link('verify_email', `?token=${verification}`))).heading).toBe(
      'This link is not valid',
    );
    expect(await isVerified()).toBe(false);
  });

  it('is dead once its user is gone', async () => {
    const { body } = await accounts.call('GET', '/users', undefined, MASTER);
    const [user] = (body as { results: { objectId: string }[] }).results;
    await accounts.call('DELETE', `/users/${user?.objectId}`, undefined, MASTER);
    expect((await accounts.visit(link('verify_email', `?token=${verification}`))).heading).toBe(
      'This link is not valid',
    );
  });
});

describe('a link to reset a password', () => {
  const submit = (token: string, password = 'new secret') =>
    accounts.submit('request_password_reset', { token, new_password: password });

  it.each(UNUSABLE.map(([name, toSearch]) => [name, () => toSearch().replaceAll(verification, reset)] as const))(
    'with %s is for nobody',
    async (name, toSearch) => {
      const search = name === 'the token of the other kind of link' ? `?token=${verification}` : toSearch();
      expect((await accounts.visit(link('request_password_reset', search))).heading).toBe('This link is not valid');
      expect((await accounts.visit(link('request_password_reset', `?token=${reset}`))).heading).toBe(
        'Choose a new password',
      );
    },
  );

  it.each([
    ['a token of nobody', () => 'nobodys'],
    ['the token of the other kind of link', () => verification],
    ['a token in another letter case', () => reset.toUpperCase()],
  ])('takes no password with %s', async (_, toToken) => {
    expect(await submit(toToken())).toMatchObject({ status: 200, heading: 'Choose a new password' });
    expect(refusal(await accounts.logIn('jane', 'new secret'))).toEqual([404, 101, 'Invalid username/password.']);
    expect((await accounts.logIn('jane', 'janespass')).status).toBe(200);
  });

  it('works once, also for many who use it at once', async () => {
    const passwords = ['one', 'two', 'three', 'four'];
    const pages = await Promise.all(passwords.map((password) => submit(reset, password)));
    expect(pages.filter(({ heading }) => heading === 'Your password was changed')).toHaveLength(1);
    const logIns = await Promise.all(passwords.map((password) => accounts.logIn('jane', password)));
    expect(logIns.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await submit(reset, 'five')).heading).toBe('Choose a new password');
  });

  it('expires', async () => {
    accounts.emulator.clock.advance({ hours: 1 });
    await submit(reset);
    expect((await accounts.logIn('jane', 'new secret')).status).toBe(404);
  });

  it('is for its own user', async () => {
    await accounts.signUp('joe', joe);
    await submit(reset);
    expect((await accounts.logIn('joe', 'joespass')).status).toBe(200);
    expect((await accounts.logIn('jane', 'new secret')).status).toBe(200);
  });

  it('opens nothing at another application', async () => {
    const address = link('request_password_reset', `?token=${reset}`).replace('APPLICATION_ID', 'OTHER');
    expect((await accounts.visit(address)).status).toBe(403);
  });
});

it('one-time tokens come from the platform’s cryptographic source, and no two are alike', () => {
  const source = vi.spyOn(crypto, 'getRandomValues');
  const secrets = new Set(Array.from({ length: 1000 }, () => newSecret(cryptoRandom)));
  expect(secrets.size).toBe(1000);
  expect(source).toHaveBeenCalledTimes(1000);
  for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9]{25}$/);
});

describe('a one-time token', () => {
  const printed: string[] = [];
  beforeEach(() => {
    printed.splice(0);
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      vi.spyOn(console, method).mockImplementation((...words) => void printed.push(words.map(String).join(' ')));
    }
  });
  afterEach(() => vi.restoreAllMocks());

  it('is in no answer, no log and no list of requests', async () => {
    const { emulator, call, visit, post, submit } = accounts;
    const { objectId, sessionToken } = await accounts.signUp('joe', {
      ...joe,
      ACL: { '*': { read: true, write: true } },
    });
    const graphql = (query: string) =>
      emulator.fetch(
        new Request('http://localhost:1337/graphql', {
          method: 'POST',
          headers: { ...as(sessionToken), 'content-type': 'application/json', referer: emulator.outbox[0]?.link ?? '' },
          body: JSON.stringify({ query, variables: { token: reset } }),
        }),
      );
    const answers = [
      await call('GET', '/users', undefined, MASTER),
      await call('GET', `/users/${objectId}`, undefined, as(sessionToken)),
      await call('GET', '/users?keys=_perishable_token,_email_verify_token', undefined, MASTER),
      await call('PUT', `/users/${objectId}`, { email: 'joe2@example.com' }, as(sessionToken)),
      await post('/verificationEmailRequest', jane),
      await post('/requestPasswordReset', { token: reset }),
      await (await graphql('{ users { edges { node { username email } } } }')).text(),
      await (
        await graphql(
          `mutation { confirmResetPassword(input: { username: "x", password: "y", token: "${verification}" }) { ok } }`,
        )
      ).text(),
      await visit(link('verify_email', `?token=${reset}`)),
      await submit('request_password_reset', { token: verification, new_password: 'x' }),
    ];
    const requests = await (await emulator.fetch(new Request('http://localhost:1337/emulator/requests'))).text();
    const tokens = emulator.outbox.map(tokenIn);
    expect(tokens).toHaveLength(5);
    for (const token of tokens) {
      expect(JSON.stringify(answers)).not.toContain(token);
      expect(requests).not.toContain(token);
      expect(printed.join('\n')).not.toContain(token);
    }
    expect(requests).toContain('verify_email?token=***');
  });

  it('cannot be searched for', async () => {
    for (const name of ['_perishable_token', '_email_verify_token']) {
      const where = encodeURIComponent(JSON.stringify({ [name]: { $regex: '^' } }));
      const { body } = await accounts.call('GET', `/users?where=${where}`, undefined, APP);
      expect(JSON.stringify(body)).not.toContain('jane');
    }
  });
});
