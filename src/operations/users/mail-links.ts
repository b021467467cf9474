import type { OutboxMail } from '../../options/adapters.ts';
import { refusal } from '../../parse/error.ts';
import type { ParseRecord } from '../../parse/record.ts';
import { behaviourOf } from '../../parse/versions/versions.ts';
import type { Context } from '../context.ts';

/** Throws 1 when mail cannot be sent at all. */
export const requireMail = ({ options }: Context): void => {
  if (options.emailAdapter === false) {
    throw refusal(
      'mailOff',
      'INTERNAL_SERVER_ERROR',
      'An appName, publicServerURL, and emailAdapter are required for password reset and email verification functionality.',
    );
  }
};

/** The address of one of the pages behind the mails; older versions name the user in it. */
export const linkTo = (
  page: 'verify_email' | 'request_password_reset',
  token: string,
  user: ParseRecord,
  { options }: Context,
): string => {
  const isByName = behaviourOf(options).mailLinks === 'leadByUsername';
  const name = isByName ? `&username=${encodeURIComponent(String(user['username']))}` : '';
  const place = `${options.publicServerURL ?? options.serverURL}/apps/${encodeURIComponent(options.appId)}/${page}`;
  return `${place}?token=${encodeURIComponent(token)}${name}`;
};

// Line breaks in an address would become headers of their own in a mail server, and commands on a terminal.
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

const oneLine = (text: string): string => text.replace(CONTROLS, ' ');

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What is sent: to whom, and the name of the application in the words around the link. */
type Letter = Omit<OutboxMail, 'sentAt' | 'text'> & { readonly text: readonly string[] };

/**
 * Sends a mail. A mail server that fails does not undo what the mail tells of: the failure is logged, without the link. An
 * address, or a name in its place, gets no mail when control characters are in it.
 */
export const send = async ({ text, ...letter }: Letter, context: Context): Promise<void> => {
  if (context.options.emailAdapter === false) return;
  if (oneLine(letter.to) !== letter.to) {
    return context.log('warn', `A mail was not sent (${letter.kind}): there are control characters in its address`);
  }
  const mail = {
    ...letter,
    subject: oneLine(letter.subject),
    text: text.join('\n\n'),
    sentAt: new Date(context.clock.now()).toISOString(),
  };
  try {
    await context.mail.send(mail);
  } catch (error) {
    const secret = new URL(mail.link).searchParams.get('token') ?? mail.link;
    const reason = reasonOf(error).replaceAll(secret, '***');
    context.log('error', `Failed to send a mail (${mail.kind}): ${oneLine(reason)}`);
  }
};
