import { escapeHtml } from '../wire/answers.ts';
import type { HttpResponse } from '../wire/message.ts';

/** A page of HTML; `head` and `body` are HTML, the title is text. */
export type Page = { readonly title: string; readonly icon: string; readonly head: string; readonly body: string };

const toIcon = (sign: string): string =>
  `data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ctext y='14' font-size='14'%3E${sign}%3C/text%3E%3C/svg%3E`;

/** The text of a page. */
export const toPage = ({ title, icon, head, body }: Page): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="${toIcon(icon)}">
${head}
</head>
<body>
${body}
</body>
</html>
`;

/** A page that says why another is not there. */
export const toNoticePage = (title: string, text: string): string =>
  toPage({
    title,
    icon: '▶',
    head: '<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1rem }</style>',
    body: `<h1>${escapeHtml(title)}</h1>\n<p>${text}</p>`,
  });

/** Nothing is fetched from, or sent to, anywhere but here, and no page from elsewhere may frame this one. */
const policyWith = (style: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' ${style}`,
    "connect-src 'self'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** The rule for the pages whose style stands in them. */
const OPEN_STYLE = "'unsafe-inline'";

/** How a page is answered: what else may give it a style than its own files, how long it may be kept, and with what status. */
export type PageSettings = { readonly style?: string; readonly caching?: string; readonly status?: number };

/** The answer with a page or one of its files. */
export const answerPage = (
  contentType: string,
  body: string | Uint8Array,
  { style = OPEN_STYLE, caching = 'no-cache', status = 200 }: PageSettings = {},
): HttpResponse => ({
  status,
  headers: {
    'content-type': contentType,
    'content-security-policy': policyWith(style),
    'x-content-type-options': 'nosniff',
    'cache-control': caching,
  },
  body,
});

/** The answer with a page of HTML, which no cache keeps. */
export const answerHtml = (body: string, settings: PageSettings = {}): HttpResponse =>
  answerPage('text/html; charset=utf-8', body, { ...settings, caching: 'no-store' });
