import {
  checkResetToken,
  confirmPasswordReset,
  isVerified,
  resendVerification,
  verifyEmail,
} from '../../operations/users/users.ts';
import { ERROR_CODES, ParseError } from '../../parse/error.ts';
import { behaviourOf } from '../../parse/versions/versions.ts';
import { HTML_TYPE, json } from '../wire/answers.ts';
import type { HttpResponse } from '../wire/message.ts';
import type { PageName } from './page-views.ts';
import type { AnswerVisit, Visit } from './page-visits.ts';

/** The files that older versions lead to, and the page that is theirs today. */
export const OLDER_FILES: { readonly [file: string]: PageName } = {
  choose_password: 'passwordReset',
  'password_reset_success.html': 'passwordResetSuccess',
  'invalid_link.html': 'passwordResetLinkInvalid',
  'verify_email_success.html': 'emailVerificationSuccess',
  'invalid_verification_link.html': 'emailVerificationLinkInvalid',
  'link_send_success.html': 'emailVerificationSendSuccess',
  'link_send_fail.html': 'emailVerificationSendFail',
};

type Parameters = { readonly [name: string]: string | undefined };

const leadTo = (file: string, parameters: Parameters, { context: { options } }: Visit): HttpResponse => {
  const named = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : `${name}=${encodeURIComponent(value)}`,
  );
  const place = `${options.publicServerURL ?? options.serverURL}/apps/${file}`;
  const location = named.length > 0 ? `${place}?${named.join('&')}` : place;
  return { status: 302, headers: { location, 'content-type': HTML_TYPE }, body: `Found. Redirecting to ${location}` };
};

const hasUsernames = ({ context: { options } }: Visit): boolean => behaviourOf(options).mailLinks === 'leadByUsername';

const invalidLink = (visit: Visit): HttpResponse => leadTo('invalid_link.html', {}, visit);

const verify: AnswerVisit = async (visit) => {
  const { token = '', username = '' } = visit.query;
  const { options } = visit.context;
  const isByName = hasUsernames(visit);
  if (!token || (isByName && !username)) return invalidLink(visit);
  // The first of them stumbles here, so that the request goes on to REST.
  if (!options.verifyUserEmails && behaviourOf(options).verifiesWithoutBeingAsked === 'goesOn') return undefined;
  const own = isByName ? { username } : undefined;
  const isKnown = isByName && options.verifyUserEmails && isVerified(username, visit.context);
  if (isKnown || (await verifyEmail(token, visit.context, own?.username))) {
    return leadTo('verify_email_success.html', own ?? {}, visit);
  }
  const { appId } = options;
  return leadTo('invalid_verification_link.html', isByName ? { username, appId } : { appId, token }, visit);
};

const resend: AnswerVisit = async (visit) => {
  const { username = '', token = '' } = visit.form;
  const isByName = hasUsernames(visit);
  if (!username && (isByName || !token)) return invalidLink(visit);
  const isSent = await resendVerification(isByName ? { username } : { username, token }, visit.context);
  const isTold = !isSent && !visit.context.options.emailVerifySuccessOnInvalidEmail;
  return leadTo(isTold ? 'link_send_fail.html' : 'link_send_success.html', {}, visit);
};

const askForPassword: AnswerVisit = (visit) => {
  const { token = '', username = '' } = visit.query;
  const { appId, appName } = visit.context.options;
  const isByName = hasUsernames(visit);
  if (!token || (isByName && !username)) return invalidLink(visit);
  const isGood = typeof checkResetToken(token, visit.context, isByName ? username : undefined) !== 'string';
  const parameters = { token, id: appId, ...(isByName && { username }), app: appName };
  return isGood ? leadTo('choose_password', parameters, visit) : invalidLink(visit);
};

const refuse = (code: number, error: string): HttpResponse => json(400, { code, error });

const setPassword: AnswerVisit = async (visit) => {
  const { token = '', username = '', new_password: password = '' } = visit.form;
  const { appId, appName } = visit.context.options;
  const isByName = hasUsernames(visit);
  const isScript = visit.request.headers['x-requested-with']?.toLowerCase() === 'xmlhttprequest';
  if (!isScript && (!token || !password || (isByName && !username))) return invalidLink(visit);
  if (isByName && !username) return refuse(ERROR_CODES.USERNAME_MISSING, 'Missing username');
  if (!token) return refuse(ERROR_CODES.OTHER_CAUSE, 'Missing token');
  if (!password) return refuse(ERROR_CODES.PASSWORD_MISSING, 'Missing password');
  const own = isByName ? { username } : {};
  try {
    await confirmPasswordReset(token, password, visit.context, isByName ? username : undefined);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    if (isScript) return refuse(ERROR_CODES.OTHER_CAUSE, error.message);
    return leadTo('choose_password', { ...own, token, id: appId, error: error.message, app: appName }, visit);
  }
  return isScript ? json(200, 'Password successfully reset') : leadTo('password_reset_success.html', own, visit);
};

/** What stood behind the links before there were pages: each leads to a file, which says what came of it. */
export const OLDER_LINKS: ReadonlyMap<string, AnswerVisit> = new Map([
  ['GET verify_email', verify],
  ['POST resend_verification_email', resend],
  ['GET request_password_reset', askForPassword],
  ['POST request_password_reset', setPassword],
]);
