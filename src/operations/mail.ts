/** A mail that would have been sent. */
export type OutboxMail = {
  /** What it is for; `mail` is of cloud code's own (`Parse.Cloud.sendEmail`), `sms` the one-time code of a second factor. */
  readonly kind: 'verifyEmail' | 'resetPassword' | 'mail' | 'sms';
  /** The address of the user; of an SMS the number. */
  readonly to: string;
  /** The subject line, in Parse Server's words. */
  readonly subject: string;
  /** The whole mail as plain text, the link in it. */
  readonly text: string;
  /** What the user is to follow: an address below `publicServerURL`, with the token in its query; empty where there is none. */
  readonly link: string;
  /** ISO text, by the emulator's clock. */
  readonly sentAt: string;
};

/** Takes a mail away: into the outbox, to the caller's function, or to a mail server. */
export interface Mail {
  send(mail: OutboxMail): void | Promise<void>;
}
