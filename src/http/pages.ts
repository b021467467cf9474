import type { Context } from '../operations/context.ts';
import { checkResetToken, confirmPasswordReset, resendVerification, verifyEmail } from '../operations/users.ts';
import { ParseError } from '../parse/error.ts';
import { json, notFoundPage, UNAUTHORIZED } from './answers.ts';
import { readForm } from './body.ts';
import { toMediaType } from './media-type.ts';
import type { HttpRequest, HttpResponse } from './message.ts';
import { PAGES, type PageName, type PageParameters, renderPage } from './page-views.ts';
import type { Parts } from './parts.ts';
import { toContext } from './parts.ts';
import type { Route } from './routes.ts';

const HTML = 'text/html; charset=utf-8';

type Visit = { readonly request: HttpRequest; readonly query: PageParameters; readonly context: Context };
type Answer = (visit: Visit) => HttpResponse | Promise<HttpResponse>;

const given = (parameters: PageParameters): [string, string][] =>
  Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));

// Header values are single lines of Latin letters; whatever else a value holds is percent-encoded.
const toHeader = (value: string): string => value.replace(/[^\x20-\x7e]/gu, encodeURIComponent);

const pageHeaders = (parameters: PageParameters): { [name: string]: string } =>
  Object.fromEntries(
    given(parameters).map(([name, value]) => [`x-parse-page-param-${name.toLowerCase()}`, toHeader(value)]),
  );

const redirect = (address: string, parameters: PageParameters): HttpResponse => {
  const [place = '', own] = address.split('?', 2);
  const query = new URLSearchParams(own);
  for (const [name, value] of given(parameters)) query.set(name, value);
  return { status: 303, headers: { location: `${place}?${query}`, ...pageHeaders(parameters) }, body: '' };
};

/** Leads to a page: shows it to a GET, and sends a form elsewhere, so that a reload does not post it again. */
const goTo = (page: PageName, { request, context }: Visit, own: PageParameters = {}, shows?: boolean): HttpResponse => {
  const { appId, appName, publicServerURL, serverURL, pages } = context.options;
  const publicServerUrl = publicServerURL ?? serverURL;
  const parameters = { ...own, appId, appName, publicServerUrl };
  const customUrl = pages?.customUrls?.[page];
  if (customUrl) return redirect(customUrl, parameters);
  const isShown = !pages?.forceRedirect && (shows ?? request.method !== 'POST');
  if (!isShown) return redirect(`${publicServerUrl}/apps/${PAGES[page].file}`, parameters);
  return {
    status: 200,
    headers: { 'content-type': HTML, ...pageHeaders(parameters) },
    body: renderPage(page, parameters),
  };
};

const text = (value: string | readonly string[] | undefined): string => (typeof value === 'string' ? value : '');

const formOf = (request: HttpRequest): { readonly [name: string]: string } => {
  const isForm = toMediaType(request.headers['content-type'] ?? '')?.essence === 'application/x-www-form-urlencoded';
  if (!isForm) return {};
  return Object.fromEntries(Object.entries(readForm(request)).map(([name, value]) => [name, text(value)]));
};

const followVerification: Answer = (visit) => {
  const verified = verifyEmail(visit.query['token'] ?? '', visit.context);
  return goTo(verified ? 'emailVerificationSuccess' : 'emailVerificationLinkInvalid', visit);
};

const resend: Answer = async (visit) => {
  const { username = '', token = '' } = formOf(visit.request);
  if (!username && !token) return goTo('emailVerificationLinkInvalid', visit);
  const isSent = await resendVerification({ username, token }, visit.context);
  const tells = !visit.context.options.emailVerifySuccessOnInvalidEmail;
  return goTo(!isSent && tells ? 'emailVerificationSendFail' : 'emailVerificationSendSuccess', visit);
};

const askForPassword: Answer = (visit) => {
  const { token = '' } = visit.query;
  const isGood = typeof checkResetToken(token, visit.context) !== 'string';
  return isGood ? goTo('passwordReset', visit, { token }) : goTo('passwordResetLinkInvalid', visit);
};

const refuse = (code: number, error: string): HttpResponse => json(400, { code, error });

const setPassword: Answer = async (visit) => {
  const { token = '', new_password: password = '' } = formOf(visit.request);
  const isScript = visit.request.headers['x-requested-with']?.toLowerCase() === 'xmlhttprequest';
  if (!isScript && (!token || !password)) return goTo('passwordResetLinkInvalid', visit);
  if (!token) return refuse(-1, 'Missing token');
  if (!password) return refuse(201, 'Missing password');
  try {
    await confirmPasswordReset(token, password, visit.context);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return isScript
      ? refuse(-1, error.message)
      : goTo('passwordReset', visit, { token, appId: visit.context.options.appId, error: error.message }, true);
  }
  return isScript ? json(200, 'Password successfully reset') : goTo('passwordResetSuccess', visit, {}, true);
};

const ROUTES: { readonly [route: string]: Answer } = {
  'GET verify_email': followVerification,
  'POST resend_verification_email': resend,
  'GET request_password_reset': askForPassword,
  'POST request_password_reset': setPassword,
};

const byFile = (file: string): PageName | undefined =>
  Object.entries(PAGES).find(([, page]) => page.file === file)?.[0] as PageName | undefined;

// The links are for whoever got them by mail: they carry no key, and do what only the emulator itself may do.
const SYSTEM = { isMaster: true } as const;

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** What stands behind the links in mails: `/parse/apps/:appId/verify_email` and its kin, and the pages they lead to. */
export const createPages = (parts: Parts): Route['answer'] => {
  return (request, { path: fullPath, search }, path, store) => {
    const [first = '', second] = path.slice(1).split('/');
    const query = Object.fromEntries(new URLSearchParams(search));
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    if (second === undefined) {
      const page = method === 'GET' ? byFile(first) : undefined;
      if (!page) return notFoundPage(request.method, fullPath);
      return { status: 200, headers: { 'content-type': HTML }, body: renderPage(page, query) };
    }
    const answer = Object.hasOwn(ROUTES, `${method} ${second}`) ? ROUTES[`${method} ${second}`] : undefined;
    if (!answer) return notFoundPage(request.method, fullPath);
    if (decode(first) !== parts.options.appId) return UNAUTHORIZED;
    return answer({ request, query, context: toContext(parts, SYSTEM, store) });
  };
};
