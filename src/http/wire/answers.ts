import { ERROR_CODES } from '../../parse/error.ts';
import type { KeyReason, Reason } from '../../parse/reason.ts';
import { BodyError } from './body.ts';
import type { HttpRequest, HttpResponse } from './message.ts';
import { toTarget } from './target.ts';

/** The type of every JSON answer. */
export const JSON_TYPE = 'application/json; charset=utf-8';
/** The type of pages, and of words that Express sends. */
export const HTML_TYPE = 'text/html; charset=utf-8';

/** An answer in JSON. */
export const json = (status: number, body: unknown, headers?: { readonly [name: string]: string }): HttpResponse => ({
  status,
  headers: { 'content-type': JSON_TYPE, ...headers },
  body: JSON.stringify(body),
});

/** An answer in plain text. */
export const text = (status: number, body: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body,
});

const ENTITIES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that may stand in an HTML page. */
export const escapeHtml = (value: string): string =>
  value.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const page = (message: string): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Error</title>
</head>
<body>
<pre>${escapeHtml(message)}</pre>
</body>
</html>
`;

const errorPage = (status: number, message: string): HttpResponse => ({
  status,
  headers: {
    'content-security-policy': "default-src 'none'",
    'x-content-type-options': 'nosniff',
    'content-type': HTML_TYPE,
  },
  body: page(message),
});

const REASONS: { readonly [status: number]: string } = {
  400: 'Bad Request',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  500: 'Internal Server Error',
};

/** The page that a web server shows for a request which it could not read. */
export const badRequestPage = (status: number): HttpResponse => errorPage(status, REASONS[status] ?? 'Error');

/** The page for a path, or a method of a path, that does not exist. */
export const notFoundPage = ({
  method,
  url,
  askedUrl,
}: Pick<HttpRequest, 'method' | 'url' | 'askedUrl'>): HttpResponse =>
  errorPage(404, `Cannot ${method} ${toTarget(askedUrl ?? url).path}`);

/** The answer to one who may not ask, or not in this way, and what happened: clients do not see that. */
export type Refused = { readonly refused: HttpResponse; readonly reason: Reason };

/** The answer to a wrong application id or key. It has no content type, as with Parse Server. */
export const unauthorized = (reason: KeyReason): Refused => ({
  refused: { status: 403, headers: {}, body: '{"error":"unauthorized"}' },
  reason,
});

/** The answer of REST to a body that cannot be read, or to a failure of the emulator's own. */
export const failureInJson = (error: unknown): HttpResponse =>
  error instanceof BodyError
    ? json(error.status, { error: error.message })
    : json(500, { code: ERROR_CODES.INTERNAL_SERVER_ERROR, message: 'Internal server error.' });
