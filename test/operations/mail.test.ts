import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EmulatorOptions, OutboxMail } from '../../src/index.ts';
import { type Accounts, createAccounts, refusal, tokenIn } from '../support/accounts.ts';

const jane = { email: 'jane@example.com' };

const printed = vi.fn<(...words: unknown[]) => void>();
beforeEach(() => {
  printed.mockReset();
  vi.spyOn(console, 'error').mockImplementation(printed);
});
afterEach(() => vi.restoreAllMocks());

const withMailer = (mailer: EmulatorOptions['emailAdapter']): Accounts =>
  createAccounts({ verifyUserEmails: true, ...(mailer !== undefined && { emailAdapter: mailer }) });

describe('emailAdapter', () => {
  it('takes each mail in place of the outbox', async () => {
    const mails: OutboxMail[] = [];
    const { signUp, post, emulator } = withMailer((mail) => void mails.push(mail));
    await signUp('jane', jane);
    await post('/requestPasswordReset', jane);
    expect(mails.map(({ kind, to }) => [kind, to])).toEqual([
      ['verifyEmail', 'jane@example.com'],
      ['resetPassword', 'jane@example.com'],
    ]);
    expect(emulator.outbox).toEqual([]);
  });

  it.each([
    [
      'throws',
      (mail: OutboxMail): void => {
        throw new Error(`no route for\n${mail.link}`);
      },
    ],
    ['rejects', (mail: OutboxMail): Promise<void> => Promise.reject(`no route for ${tokenIn(mail)}`)],
  ])('that %s does not undo what the mail tells of, and its link is not printed', async (_, mailer) => {
    const tokens: string[] = [];
    const { signUp, post, logIn } = withMailer((mail) => {
      tokens.push(tokenIn(mail));
      return mailer(mail);
    });
    expect(await signUp('jane', jane)).toHaveProperty('sessionToken');
    expect((await post('/requestPasswordReset', jane)).status).toBe(200);
    expect((await logIn('jane', 'janespass')).status).toBe(200);
    const lines = printed.mock.calls.map((words) => words.join(' '));
    expect(lines).toEqual([
      expect.stringMatching(/^Failed to send a mail \(verifyEmail\): no route for .*\*\*\*/),
      expect.stringMatching(/^Failed to send a mail \(resetPassword\): no route for .*\*\*\*/),
    ]);
    expect(tokens).toHaveLength(2);
    for (const token of tokens) expect(lines.join()).not.toContain(token);
  });

  it('false means that no mail can be sent, and whoever asks for one is told so', async () => {
    const { signUp, post, emulator } = withMailer(false);
    await signUp('jane', jane);
    expect(emulator.outbox).toEqual([]);
    for (const path of ['/requestPasswordReset', '/verificationEmailRequest']) {
      expect(refusal(await post(path, {}))).toEqual([
        500,
        1,
        'An appName, publicServerURL, and emailAdapter are required for password reset and email verification functionality.',
      ]);
    }
  });
});

describe('the address of a mail', () => {
  it.each(['jane@example.com\nBcc: all@example.com', '\r\njane@example.com', 'jane@example.com\u2028'])(
    'is one line: %j is no address',
    async (email) => {
      const { post, emulator } = createAccounts({ verifyUserEmails: true });
      const signedUp = await post('/users', { username: 'jane', password: 'secret', email });
      expect(refusal(signedUp)).toEqual([400, 125, 'Email address format is invalid.']);
      expect(emulator.outbox).toEqual([]);
    },
  );

  it.each([
    'jane\r\nBcc: all@example.com',
    'jane\nall@example.com',
    '\u001b[2Jjane@example.com',
    'jane\u0000@example.com',
    'jane\u0085@example.com',
    'jane\u2029@example.com',
  ])('is never %j, a name that stands in its place', async (username) => {
    const mailer = vi.fn();
    const { post } = withMailer(mailer);
    await post('/users', { username, password: 'secret' });
    expect(await post('/requestPasswordReset', { email: username })).toMatchObject({ status: 200, body: {} });
    expect(mailer).not.toHaveBeenCalled();
  });

  it('is never one with control characters', async () => {
    const { post, emulator } = createAccounts({ verifyUserEmails: true });
    await post('/users', { username: 'jane', password: 'secret', email: '\u001b]0;jane\u0007@example.com' });
    expect(emulator.outbox).toEqual([]);
  });
});

it('the subject is one line, whatever the application is called', async () => {
  const { signUp, newestMail } = createAccounts({ verifyUserEmails: true, appName: 'App\r\nBcc: all@example.com' });
  await signUp('jane', jane);
  expect(newestMail().subject).toBe('Please verify your e-mail for App Bcc: all@example.com');
});

it('links go to publicServerURL, and the application id is part of an address there', async () => {
  const { signUp, newestMail } = createAccounts({
    verifyUserEmails: true,
    publicServerURL: 'https://app.example.com/api',
  });
  await signUp('jane', jane);
  expect(newestMail().link).toMatch(/^https:\/\/app\.example\.com\/api\/apps\/APPLICATION_ID\/verify_email\?token=/);
});
