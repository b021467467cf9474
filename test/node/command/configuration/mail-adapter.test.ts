import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEmulator, type OutboxMail } from '../../../../src/index.ts';
import { loadMailAdapter, sendByAdapter } from '../../../../src/node/command/configuration/mail-adapter.ts';
import { newFolder } from '../../../support/folder.ts';

const moduleOf = async (text: string): Promise<string> => {
  const path = join(await newFolder(), 'adapter.cjs');
  await writeFile(path, text);
  return path;
};

const CLASS = `class Adapter { constructor(options) { if (!options.apiKey) throw new Error('no apiKey'); this.sent = []; }
  sendMail(mail) { this.sent.push(mail); } }`;

describe('loadMailAdapter', () => {
  it.each([
    ['a class', `${CLASS} module.exports = Adapter;`],
    ['a default export', `${CLASS} module.exports = { default: Adapter };`],
    ['a function', `${CLASS} module.exports = (options) => new Adapter(options);`],
  ])('makes one of a module that exports %s, with its options', async (_what, text) => {
    const adapter = await loadMailAdapter({ module: await moduleOf(text), options: { apiKey: 'x' } });
    expect(adapter).toMatchObject({ sent: [] });
  });

  it('takes an object and a module object as they are', async () => {
    const own = { sendMail: () => undefined };
    expect(await loadMailAdapter(own)).toBe(own);
    expect(await loadMailAdapter({ module: own })).toBe(own);
  });

  it('has none where the package is not installed', async () => {
    expect(await loadMailAdapter({ module: 'no-such-mail-adapter', options: {} })).toBeUndefined();
  });

  it('says what fails in one that cannot be made, or cannot send', async () => {
    const module = await moduleOf(`${CLASS} module.exports = Adapter;`);
    await expect(loadMailAdapter({ module, options: {} })).rejects.toThrow(
      'Failed to start: the emailAdapter cannot be made: no apiKey',
    );
    await expect(loadMailAdapter({ host: 'x' })).rejects.toThrow('Failed to start: the emailAdapter has no sendMail');
  });
});

describe('sendByAdapter', () => {
  const mail: OutboxMail = {
    kind: 'verifyEmail',
    to: 'ann@a.example',
    subject: 'Please verify',
    text: 'Follow http://a.example/link',
    link: 'http://a.example/link',
    sentAt: '2026-01-01T00:00:00.000Z',
  };

  it('hands over link, user and name, where the adapter words its mail itself', async () => {
    const emulator = createEmulator({ bcryptRounds: 4, appName: 'Mine' });
    await emulator.users.create({ username: 'ann', email: 'ann@a.example', phone: '1' });
    const got: unknown[] = [];
    const adapter = {
      sendMail: () => undefined,
      sendVerificationEmail: ({
        link,
        appName,
        user,
      }: {
        link: string;
        appName: string;
        user: { get(name: string): unknown };
      }) => got.push([link, appName, user.get('username'), user.get('phone'), user.get('_hashed_password')]),
    };
    await sendByAdapter(adapter, mail, emulator);
    expect(got).toEqual([['http://a.example/link', 'Mine', 'ann', '1', undefined]]);
  });

  it('sends the text by sendMail otherwise', async () => {
    const got: unknown[] = [];
    await sendByAdapter({ sendMail: (sent: unknown) => got.push(sent) }, mail, createEmulator());
    expect(got).toEqual([{ to: mail.to, subject: mail.subject, text: mail.text }]);
  });
});
