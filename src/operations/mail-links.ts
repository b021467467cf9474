import { ParseError } from '../parse/error.ts';
import type { Context } from './context.ts';
import type { OutboxMail } from './mail.ts';

/** Throws 1 when mail cannot be sent at all. */
export const requireMail = ({ options }: Context): void => {
  if (options.emailAdapter === false) {
    throw new ParseError(
      'INTERNAL_SERVER_ERROR',
      'An appName, publicServerURL, and emailAdapter are required for password reset and email verification functionality.',
    );
  }
};

/** The address of one of the pages behind the mails. */
export const linkTo = (
  page: 'verify_email' | 'request_password_reset',
  parameters: { readonly [name: string]: string },
  { options }: Context,
): string =>
  `${options.publicServerURL ?? options.serverURL}/apps/${options.appId}/${page}?${new URLSearchParams(parameters)}`;

/** Sends a mail. A mail server that fails does not undo what the mail tells of: the failure is logged. */
export const send = async (mail: Omit<OutboxMail, 'sentAt'>, context: Context): Promise<void> => {
  if (context.options.emailAdapter === false) return;
  try {
    await context.mail.send({ ...mail, sentAt: new Date(context.clock.now()).toISOString() });
  } catch (error) {
    context.log('error', `Failed to send a mail (${mail.kind})`, error);
  }
};
