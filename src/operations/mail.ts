import type { OutboxMail } from '../options/adapters.ts';
/** Takes a mail away: into the outbox, to the caller's function, or to a mail server. */
export interface Mail {
  send(mail: OutboxMail): void | Promise<void>;
}
