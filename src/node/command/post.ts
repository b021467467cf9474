import type { Emulator } from '../../emulator.ts';
import type { OutboxMail } from '../../options/adapters.ts';
import { OPTIONS } from '../../options/table.ts';
import { messageOf } from '../json/file-error.ts';
import { createSmtpSender } from '../server/smtp.ts';
import { loadMailAdapter, sendByAdapter } from './configuration/mail-adapter.ts';
import type { Settings } from './settings.ts';
import type { Terminal } from './terminal.ts';

/** Where mail goes beside the outbox: to a person's eyes, a mail server, an adapter of the configuration's. */
export interface Post {
  /** What of the configuration cannot be used, by name. */
  readonly missing: readonly string[];
  /** Whose users the mail is for. */
  begin(emulator: Emulator): void;
  send(mail: OutboxMail): void;
  close(): Promise<void>;
}

/** Rejects with a message for a mail server or an adapter that cannot be used. */
export const createPost = async (
  { smtp, mailAdapter, options }: Settings,
  isQuiet: boolean,
  terminal: Terminal,
): Promise<Post> => {
  const sender = smtp === undefined ? undefined : createSmtpSender(smtp, options.appName ?? OPTIONS.appName.default);
  const adapter = mailAdapter === undefined ? undefined : await loadMailAdapter(mailAdapter);
  let emulator: Emulator | undefined;
  const tell = (error: unknown): void => terminal.warn(messageOf(error));
  return {
    missing: mailAdapter !== undefined && !adapter ? ['emailAdapter (it is not installed)'] : [],
    begin: (started) => {
      emulator = started;
    },
    send: (mail) => {
      if (!isQuiet) terminal.print(`Mail to ${mail.to}: ${mail.subject}\n  ${mail.link}`);
      sender?.send(mail).catch(tell);
      if (adapter && emulator) {
        sendByAdapter(adapter, mail, emulator).catch((error: unknown) =>
          terminal.warn(`Failed to send a mail by the emailAdapter: ${messageOf(error)}`),
        );
      }
    },
    close: async () => sender?.close(),
  };
};
