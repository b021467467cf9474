import type { OutboxMail } from '../../../src/client/index.ts';

/** What a mail is for, in a word. */
export const kindName = ({ kind }: OutboxMail): string =>
  ({ verifyEmail: 'verification', resetPassword: 'new password', mail: 'own mail', sms: 'SMS' })[kind];

/** What its link does. */
export const linkName = ({ kind }: OutboxMail): string =>
  kind === 'verifyEmail' ? 'Verify the address' : kind === 'resetPassword' ? 'Choose a new password' : 'Open the link';
