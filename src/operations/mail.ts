/** A mail that would have been sent. */
export type OutboxMail = {
  readonly kind: 'verifyEmail' | 'resetPassword';
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly link: string;
  /** ISO text, by the emulator's clock. */
  readonly sentAt: string;
};

/** Takes a mail away: into the outbox, to the caller's function, or to a mail server. */
export interface Mail {
  send(mail: OutboxMail): void | Promise<void>;
}
