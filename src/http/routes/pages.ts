import type { Context } from '../../operations/context.ts';
import {
  checkResetToken,
  confirmPasswordReset,
  resendVerification,
  verifyEmail,
} from '../../operations/users/users.ts';
import type { PagesOptions } from '../../options/kinds.ts';
import { ERROR_CODES, ParseError } from '../../parse/error.ts';
import { behaviourOf } from '../../parse/versions/versions.ts';
import type { Parts } from '../parts.ts';
import { toContext, toFacts } from '../parts.ts';
import { json, notFoundPage } from '../wire/answers.ts';
import { readForm } from '../wire/body.ts';
import { toMediaType } from '../wire/media-type.ts';
import type { HttpRequest, HttpResponse } from '../wire/message.ts';
import { readQuery } from '../wire/query.ts';
import { decodePart } from '../wire/target.ts';
import { OLDER_FILES, OLDER_LINKS } from './older-links.ts';
import { PAGES, type PageName, type PageParameters, renderPage } from './page-views.ts';
import type { AnswerVisit, Visit } from './page-visits.ts';
import type { HttpRoute } from './routes.ts';

// A page's address may hold a token, which is nobody else's business.
const HTML_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

const given = (parameters: PageParameters): [string, string][] =>
  Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));

// Header values are single lines of Latin letters; whatever else a value holds is percent-encoded.
const toHeader = (value: string): string => value.replace(/[^\x20-\x7e]/gu, encodeURIComponent);

const pageHeaders = (parameters: PageParameters, pages: PagesOptions | undefined): { [name: string]: string } => {
  const write = pages?.encodePageParamHeaders ? encodeURIComponent : toHeader;
  return Object.fromEntries(
    given(parameters).map(([name, value]) => [`x-parse-page-param-${name.toLowerCase()}`, write(value)]),
  );
};

const redirect = (address: string, parameters: PageParameters, pages: PagesOptions | undefined): HttpResponse => {
  const [whole = '', fragment] = address.split('#', 2);
  const [place = '', own] = whole.split('?', 2);
  const query = new URLSearchParams(own);
  for (const [name, value] of given(parameters)) query.set(name, value);
  const location = `${place}?${query}${fragment === undefined ? '' : `#${fragment}`}`;
  return { status: 303, headers: { location, ...pageHeaders(parameters, pages) }, body: '' };
};

const LOCALE = /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/;

/** The language that a visit asks for; what is not a name of one counts for nothing. */
const localeOf = ({ request, query, form }: Omit<Visit, 'context'>): string | undefined => {
  const locale = query['locale'] || form['locale'] || request.headers['x-parse-page-param-locale'];
  return locale && LOCALE.test(locale) ? locale : undefined;
};

const applicationOf = ({ options }: Parts | Context): { appId: string; appName: string; publicServerUrl: string } => ({
  appId: options.appId,
  appName: options.appName,
  publicServerUrl: options.publicServerURL ?? options.serverURL,
});

const show = (page: PageName, parameters: PageParameters, headers: HttpResponse['headers'] = {}): HttpResponse => ({
  status: 200,
  headers: { ...HTML_HEADERS, ...headers },
  body: renderPage(page, parameters),
});

/** Leads to a page: shows it to a GET, and sends a form elsewhere, so that a reload does not post it again. */
const goTo = (page: PageName, visit: Visit, own: PageParameters = {}, shows?: boolean): HttpResponse => {
  const { pages } = visit.context.options;
  const application = applicationOf(visit.context);
  const parameters = { ...own, ...application, locale: localeOf(visit) };
  const customUrl = pages?.customUrls?.[page];
  if (customUrl) return redirect(customUrl, parameters, pages);
  const isShown = !pages?.forceRedirect && (shows ?? visit.request.method !== 'POST');
  return isShown
    ? show(page, parameters, pageHeaders(parameters, pages))
    : redirect(`${application.publicServerUrl}/apps/${PAGES[page].file}`, parameters, pages);
};

// What is said twice, or is not text, counts for nothing.
const textsIn = (values: { readonly [name: string]: unknown }): { readonly [name: string]: string } =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );

const formOf = (request: HttpRequest): { readonly [name: string]: string } => {
  const isForm = toMediaType(request.headers['content-type'] ?? '')?.essence === 'application/x-www-form-urlencoded';
  return isForm ? textsIn(readForm(request)) : {};
};

const followVerification: AnswerVisit = async (visit) => {
  const verified = await verifyEmail(visit.query['token'] ?? '', visit.context);
  return goTo(verified ? 'emailVerificationSuccess' : 'emailVerificationLinkInvalid', visit);
};

const resend: AnswerVisit = async (visit) => {
  const { username = '', token = '' } = visit.form;
  if (!username && !token) return goTo('emailVerificationLinkInvalid', visit);
  const isSent = await resendVerification({ username, token }, visit.context);
  const tells = !visit.context.options.emailVerifySuccessOnInvalidEmail;
  return goTo(!isSent && tells ? 'emailVerificationSendFail' : 'emailVerificationSendSuccess', visit);
};

const askForPassword: AnswerVisit = (visit) => {
  const { token = '' } = visit.query;
  const isGood = typeof checkResetToken(token, visit.context) !== 'string';
  return isGood ? goTo('passwordReset', visit, { token }) : goTo('passwordResetLinkInvalid', visit);
};

/** The form for a new password, for whatever token and user the address names: whether they are good is seen later. */
const choosePassword: AnswerVisit = (visit) => {
  const { token, username } = visit.query;
  return goTo('passwordReset', visit, { token, username });
};

const refuse = (code: number, error: string): HttpResponse => json(400, { code, error });

const setPassword: AnswerVisit = async (visit) => {
  const { token = '', new_password: password = '' } = visit.form;
  const isScript = visit.request.headers['x-requested-with']?.toLowerCase() === 'xmlhttprequest';
  if (!isScript && (!token || !password)) return goTo('passwordResetLinkInvalid', visit);
  if (!token) return refuse(ERROR_CODES.OTHER_CAUSE, 'Missing token');
  if (!password) return refuse(ERROR_CODES.PASSWORD_MISSING, 'Missing password');
  try {
    await confirmPasswordReset(token, password, visit.context);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return isScript
      ? refuse(ERROR_CODES.OTHER_CAUSE, error.message)
      : goTo('passwordReset', visit, { token, appId: visit.context.options.appId, error: error.message }, true);
  }
  return isScript ? json(200, 'Password successfully reset') : goTo('passwordResetSuccess', visit, {}, true);
};

const ROUTES: ReadonlyMap<string, AnswerVisit> = new Map([
  ['GET verify_email', followVerification],
  ['POST resend_verification_email', resend],
  ['GET request_password_reset', askForPassword],
  ['POST request_password_reset', setPassword],
]);

const byFile = (file: string, isOlder: boolean): PageName | undefined => {
  const older = isOlder && Object.hasOwn(OLDER_FILES, file) ? OLDER_FILES[file] : undefined;
  return older ?? byTodaysFile(file);
};

const byTodaysFile = (file: string): PageName | undefined =>
  Object.entries(PAGES).find(([, page]) => page.file === file)?.[0] as PageName | undefined;

// The links are for whoever got them by mail: they carry no key, and do what only the emulator itself may do.
const SYSTEM = { isMaster: true } as const;

/**
 * What stands behind the links in mails: `/parse/apps/:appId/verify_email` and its kin, and the pages they lead to. Other
 * requests are REST's to answer.
 */
export const createPages = (parts: Parts, rest: HttpRoute['answer']): HttpRoute['answer'] => {
  const isOlder = behaviourOf(parts.options).mailLinks !== 'showPages';
  const routes = isOlder ? OLDER_LINKS : ROUTES;
  const answerLink = (answer: AnswerVisit, appId: string, visit: Visit): ReturnType<AnswerVisit> =>
    decodePart(appId) === parts.options.appId ? answer(visit) : json(403, { error: 'unauthorized' });

  return async (request, target, path, scope) => {
    const [first = '', second, ...more] = path.slice(1).replace(/\/$/, '').split('/');
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const query = textsIn(readQuery(target.search));
    const answer = more.length === 0 ? routes.get(`${method} ${second?.toLowerCase()}`) : undefined;
    if (answer) {
      const context = toContext(parts, SYSTEM, scope, toFacts(request));
      const told = await answerLink(answer, first, { request, query, form: formOf(request), context });
      return told ?? rest(request, target, `/apps${path}`, scope);
    }
    if (method === 'GET' && second === undefined && first.toLowerCase() === 'choose_password') {
      const context = toContext(parts, SYSTEM, scope, toFacts(request));
      const visit = { request, query, form: {}, context };
      const told = await answerLink(choosePassword, query['appId'] ?? query['id'] ?? '', visit);
      return told ?? notFoundPage(request);
    }
    if (method !== 'GET' || first === '') return rest(request, target, `/apps${path}`, scope);
    const page = second === undefined ? byFile(first, isOlder) : undefined;
    // Where the form goes is not for an address to say.
    return page ? show(page, { ...query, ...applicationOf(parts) }) : notFoundPage(request);
  };
};
