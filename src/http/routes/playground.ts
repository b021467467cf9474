import { pathsOf } from '../../options/paths.ts';
import type { Options } from '../../options/table.ts';
import { clientHeaders } from '../credentials/client-keys.ts';
import { escapeHtml, notFoundPage } from '../wire/answers.ts';
import { isFromHere } from '../wire/loopback.ts';
import type { HttpRequest, HttpResponse } from '../wire/message.ts';
import type { Target } from '../wire/target.ts';
import type { HttpRoute } from './routes.ts';

/** What the page is told. */
export type PlaygroundConfig = {
  readonly appName: string;
  readonly graphQLPath: string;
  /** What stands in the headers editor at first. */
  readonly headers: { readonly [name: string]: string };
};

// a person who takes the master key out of the headers must send a client key, once one is set
const toHeaders = (options: Options, isTrusted: boolean): PlaygroundConfig['headers'] => ({
  ...clientHeaders(options),
  ...(isTrusted && { 'X-Parse-Master-Key': options.masterKey }),
});

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Ctext y='14' font-size='14'%3E▶%3C/text%3E%3C/svg%3E";

const page = (title: string, head: string, body: string): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="${ICON}">
${head}
</head>
<body>
${body}
</body>
</html>
`;

/** JSON that may stand in a script element: nothing in it can end the element. */
const toScriptText = (config: PlaygroundConfig): string => JSON.stringify(config).replaceAll('<', '\\u003c');

/** The page with GraphiQL. Its script and its style sheet are assets of the host's, below `place`. */
export const playgroundPage = (config: PlaygroundConfig, place = '/playground'): string =>
  page(
    `Playground · ${config.appName}`,
    `<link rel="stylesheet" href="${place}/playground.css">`,
    `<div id="playground"><noscript>The playground needs JavaScript.</noscript></div>
<script type="application/json" id="config">${toScriptText(config)}</script>
<script type="module" src="${place}/playground.js"></script>`,
  );

const PAGE_WITHOUT_ASSETS = page(
  'Playground',
  '<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1rem }</style>',
  `<h1>The playground is not here</h1>
<p>It comes with the server: <code>npx parse-users-emulator</code> serves it at
<code>http://localhost:1337/playground</code>. Any other GraphQL client may be pointed to <code>/graphql</code> here.</p>`,
);

/** Nothing is fetched from, or sent to, anywhere but here, and no page from elsewhere may frame this one. */
const SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const answer = (contentType: string, body: string | Uint8Array, caching: string): HttpResponse => ({
  status: 200,
  headers: {
    'content-type': contentType,
    'content-security-policy': SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'cache-control': caching,
  },
  body,
});

const html = (body: string): HttpResponse => answer('text/html; charset=utf-8', body, 'no-store');

/** The page at `/playground`, and its assets below. The master key is told to this machine only. */
export const createPlayground = ({ options }: { readonly options: Options }): HttpRoute['answer'] => {
  const { playgroundAssets: assets } = options;
  const answerPage = async (request: HttpRequest, target: Target): Promise<HttpResponse> => {
    if (!(await assets?.('playground.js'))) return html(PAGE_WITHOUT_ASSETS);
    const headers = toHeaders(options, isFromHere(request, target));
    const { graphQL, playground } = pathsOf(options);
    return html(playgroundPage({ appName: options.appName, graphQLPath: graphQL || '/', headers }, playground));
  };
  return async (request, target, path) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isRead && path === '/') return answerPage(request, target);
    const asset = isRead ? await assets?.(path.slice(1)) : undefined;
    return asset ? answer(asset.contentType, asset.body, 'no-cache') : notFoundPage(request);
  };
};
