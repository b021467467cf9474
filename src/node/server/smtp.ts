import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { createTransport } from 'nodemailer';
import type { OutboxMail } from '../../options/adapters.ts';
import { UserError } from '../../parse/user-error.ts';
import { codeOf, messageOf } from '../json/file-error.ts';

/** Sends mail through a mail server. */
export interface SmtpSender {
  /** Rejects with a sentence, which tells nothing of the link. */
  send(mail: OutboxMail): Promise<void>;
  /** Resolves when every mail has gone or has failed. */
  close(): Promise<void>;
}

type Nodemailer = { readonly createTransport: typeof createTransport };

// Beside the emulator, or where the command was called: npx keeps the emulator in a folder of its own.
const places = (): readonly string[] => [import.meta.url, pathToFileURL(join(process.cwd(), 'package.json')).href];

const loadNodemailer = (from: readonly string[]): Nodemailer => {
  for (const place of from) {
    try {
      return createRequire(place)('nodemailer') as Nodemailer;
    } catch (error) {
      if (codeOf(error) !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  throw new UserError(
    'Failed to start: --smtp sends mail through nodemailer, which is missing. Run npm install nodemailer.',
  );
};

// One plain address: what else a name may hold would be further recipients, or words for the server.
const ADDRESS = /^[^\s\p{Cc}<>()[\]\\,;:"@]+@[^\s\p{Cc}<>()[\]\\,;:"@]+$/u;

/** Connects to no server yet. Throws a sentence when nodemailer, which is an optional peer, is not installed. */
export const createSmtpSender = (address: string, appName: string, from: readonly string[] = places()): SmtpSender => {
  const transport = loadNodemailer(from).createTransport(address);
  const pending = new Set<Promise<unknown>>();

  const deliver = async ({ to, subject, text, link, sentAt }: OutboxMail): Promise<void> => {
    if (!ADDRESS.test(to)) throw new UserError(`Failed to send a mail: ${JSON.stringify(to)} is no address`);
    try {
      await transport.sendMail({
        from: { name: appName, address: 'noreply@localhost' },
        to: { name: '', address: to },
        subject,
        text,
        date: new Date(sentAt),
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    } catch (error) {
      const secret = new URL(link).searchParams.get('token') ?? link;
      throw new UserError(`Failed to send a mail to ${to}: ${messageOf(error).replaceAll(secret, '***')}`);
    }
  };

  return {
    send: async (mail) => {
      const sending = deliver(mail);
      pending.add(sending);
      try {
        await sending;
      } finally {
        pending.delete(sending);
      }
    },
    close: async () => {
      await Promise.allSettled(pending);
      transport.close();
    },
  };
};
