import type { createTransport } from 'nodemailer';
import type { OutboxMail } from '../../options/adapters.ts';
import { UserError } from '../../parse/user-error.ts';
import { messageOf } from '../json/file-error.ts';
import { loadPeer } from './peers.ts';

/** Sends mail through a mail server. */
export interface SmtpSender {
  /** Rejects with an error, which tells nothing of the link. */
  send(mail: OutboxMail): Promise<void>;
  /** Resolves when every mail has gone or has failed. */
  close(): Promise<void>;
}

type Nodemailer = { readonly createTransport: typeof createTransport };

const MISSING = 'Failed to start: --smtp sends mail through nodemailer, which is missing. Run npm install nodemailer.';

// One plain address: what else a name may hold would be further recipients, or words for the server.
const ADDRESS = /^[^\s\p{Cc}<>()[\]\\,;:"@]+@[^\s\p{Cc}<>()[\]\\,;:"@]+$/u;

/** Connects to no server yet. Throws an error when nodemailer, which is an optional peer, is not installed. */
export const createSmtpSender = (address: string, appName: string, from?: readonly string[]): SmtpSender => {
  const nodemailer = loadPeer('nodemailer', MISSING, from) as Nodemailer;
  const transport = nodemailer.createTransport(address);
  const pending = new Set<Promise<unknown>>();

  const deliver = async ({ to, subject, text, link, sentAt }: OutboxMail): Promise<void> => {
    if (!ADDRESS.test(to)) throw new UserError(`Failed to send a mail: ${JSON.stringify(to)} is not an address`);
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
