import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../../src/node/command/cli.ts';
import { createSmtpSender } from '../../../src/node/server/smtp.ts';
import type { OutboxMail } from '../../../src/options/adapters.ts';
import { eventually } from '../../support/eventually.ts';

/** A letter as the mail server got it. */
type Letter = { readonly recipients: readonly string[]; readonly text: string };

const letters: Letter[] = [];

/** Long lines of a body are broken, when they are sent as quoted-printable. */
const unfold = (text: string): string =>
  text.includes('quoted-printable') ? text.replaceAll('=\n', '').replaceAll('=3D', '=') : text;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData: (stream, session, callback) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8').replaceAll('\r\n', '\n');
      letters.push({ recipients: session.envelope.rcptTo.map(({ address }) => address), text: unfold(text) });
      callback();
    });
  },
});

let smtp: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  smtp = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
});
beforeEach(() => void letters.splice(0));
afterAll(() => new Promise<void>((resolve) => server.close(resolve)));

const MAIL: OutboxMail = {
  kind: 'verifyEmail',
  to: 'jane@example.com',
  subject: 'Please verify your e-mail for Größe',
  text: 'Follow it:\n\nhttp://localhost/verify?token=abc123',
  link: 'http://localhost/verify?token=abc123',
  sentAt: '2030-01-02T03:04:05.000Z',
};

const send = async (mail: Partial<OutboxMail>, address = smtp): Promise<void> => {
  const sender = createSmtpSender(address, 'My <b>app</b>');
  try {
    await sender.send({ ...MAIL, ...mail });
  } finally {
    await sender.close();
  }
};

describe('the mail of --smtp', () => {
  it('arrives, with its link', async () => {
    await send({});
    expect(letters).toMatchObject([{ recipients: ['jane@example.com'] }]);
    expect(letters[0]?.text).toContain('http://localhost/verify?token=abc123');
    expect(letters[0]?.text).toContain('Date: Wed, 02 Jan 2030 03:04:05 +0000');
    expect(letters[0]?.text).toMatch(/^To: jane@example\.com$/m);
  });

  it.each([
    'jane@example.com\r\nBcc: all@example.com',
    'jane@example.com, all@example.com',
    'jane@example.com>\r\nRCPT TO:<all@example.com',
    'Jane <jane@example.com>',
    'friends: jane@example.com, all@example.com;',
    'jane@example.com\u2028all@example.com',
    'jane@@example.com',
    'jane doe@example.com',
    'jane',
    '',
  ])('goes to one address or to none: %j', async (to) => {
    await expect(send({ to })).rejects.toThrow(`Failed to send a mail: ${JSON.stringify(to)} is not an address`);
    expect(letters).toEqual([]);
  });

  it('has the headers it is given, and no others', async () => {
    await send({ subject: 'Hello\r\nBcc: all@example.com' });
    expect(letters[0]?.recipients).toEqual(['jane@example.com']);
    expect(letters[0]?.text).not.toMatch(/^Bcc:/m);
  });

  it('fails with a sentence that does not tell the link', async () => {
    const failure = send({ to: 'jane@example.com' }, 'smtp://127.0.0.1:1');
    await expect(failure).rejects.toThrow(/^Failed to send a mail to jane@example\.com: .*ECONNREFUSED/);
    await expect(failure).rejects.not.toThrow('abc123');
  });

  it('needs nodemailer, and says so', () => {
    const nowhere = [pathToFileURL('/nowhere/package.json').href];
    expect(() => createSmtpSender(smtp, 'app', nowhere)).toThrow(
      'Failed to start: --smtp sends mail through nodemailer, which is missing. Run npm install nodemailer.',
    );
  });
});

/** Runs the command until `whileUp` has come to its end. */
const run = async (argv: readonly string[], whileUp?: (url: string) => Promise<void>) => {
  const out: string[] = [];
  const errors: string[] = [];
  let stop = (): void => undefined;
  const stopped = new Promise<NodeJS.Signals>((resolve) => {
    stop = () => resolve('SIGTERM');
  });
  const terminal = { print: (text: string) => out.push(text), warn: (text: string) => errors.push(text) };
  const ended = main(argv, { ...terminal, untilStopped: () => stopped });
  if (whileUp) {
    await eventually(() => expect(out.join()).toContain('http'));
    await whileUp(/http:\/\/[\w.]+:\d+/.exec(out.join())?.[0] ?? '').finally(stop);
  }
  return { code: await ended, out: out.join('\n'), errors: errors.join('\n') };
};

const signUp = (url: string, email: string): Promise<Response> =>
  fetch(`${url}/parse/users`, {
    method: 'POST',
    headers: { 'x-parse-application-id': 'APPLICATION_ID', 'content-type': 'application/json' },
    body: JSON.stringify({ username: email, password: 'secret', email }),
  });

const START = ['--port', '0', '--memory', '--bcrypt-rounds', '4', '--verify-user-emails'];

describe('the command with --smtp', () => {
  it('sends the mail of a sign-up, and keeps it in the outbox and on the screen as well', async () => {
    const { code, out, errors } = await run([...START, '--smtp', smtp], async (url) => {
      expect((await signUp(url, 'jane@example.com')).status).toBe(201);
      const outbox = (await (await fetch(`${url}/emulator/outbox`)).json()) as OutboxMail[];
      expect(outbox).toMatchObject([{ to: 'jane@example.com' }]);
      await eventually(() => expect(letters).toHaveLength(1));
      expect(letters[0]?.text).toContain(outbox[0]?.link);
      const page = await fetch(outbox[0]?.link ?? '');
      expect(await page.text()).toContain('Your address is verified');
    });
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(out).toContain('Mail to jane@example.com: Please verify your e-mail for parse-users-emulator');
  });

  it('goes on when the mail server does not answer', async () => {
    const { code, out, errors } = await run([...START, '--quiet', '--smtp', 'smtp://127.0.0.1:1'], async (url) => {
      expect((await signUp(url, 'jane@example.com')).status).toBe(201);
    });
    expect(code).toBe(0);
    expect(out).not.toContain('token=');
    expect(errors).toMatch(/^Failed to send a mail to jane@example\.com: .*ECONNREFUSED/);
    expect(errors).not.toContain('token=');
  });

  it.each([
    [['--smtp', 'localhost:1025'], '--smtp must be the address of a mail server, such as smtp://127.0.0.1:1025'],
    [['--smtp', 'smtp://127.0.0.1:1', '--no-email-adapter'], '--smtp and --no-email-adapter exclude each other'],
  ])('is refused with %j', async (flags, sentence) => {
    const { code, errors } = await run([...START, ...flags]);
    expect(code).toBe(2);
    expect(errors).toContain(sentence);
  });
});
