import { pathsOf } from '../../options/paths.ts';
import type { Options } from '../../options/table.ts';
import { clientHeaders } from '../credentials/client-keys.ts';
import { notFoundPage } from '../wire/answers.ts';
import { isFromHere } from '../wire/loopback.ts';
import type { HttpRequest, HttpResponse } from '../wire/message.ts';
import type { Target } from '../wire/target.ts';
import { answerHtml, answerPage, toNoticePage, toPage } from './page.ts';
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

/** JSON that may stand in a script element: nothing in it can end the element. */
const toScriptText = (config: PlaygroundConfig): string => JSON.stringify(config).replaceAll('<', '\\u003c');

/** The page with GraphiQL. Its script and its style sheet are assets of the host's, below `place`. */
export const playgroundPage = (config: PlaygroundConfig, place = '/playground'): string =>
  toPage({
    title: `Playground · ${config.appName}`,
    icon: '▶',
    head: `<link rel="stylesheet" href="${place}/playground.css">`,
    body: `<div id="playground"><noscript>The playground needs JavaScript.</noscript></div>
<script type="application/json" id="config">${toScriptText(config)}</script>
<script type="module" src="${place}/playground.js"></script>`,
  });

const WITHOUT_ASSETS = toNoticePage(
  'The playground is not here',
  `It comes with the server: <code>npx parse-users-emulator</code> serves it at
<code>http://localhost:1337/playground</code>. Any other GraphQL client may be pointed to <code>/graphql</code> here.`,
);

/** The page at `/playground`, and its assets below. The master key is told to this machine only. */
export const createPlayground = ({ options }: { readonly options: Options }): HttpRoute['answer'] => {
  const { playgroundAssets: assets } = options;
  const answerPlayground = async (request: HttpRequest, target: Target): Promise<HttpResponse> => {
    if (!(await assets?.('playground.js'))) return answerHtml(WITHOUT_ASSETS);
    const headers = toHeaders(options, isFromHere(request, target));
    const { graphQL, playground } = pathsOf(options);
    return answerHtml(playgroundPage({ appName: options.appName, graphQLPath: graphQL || '/', headers }, playground));
  };
  return async (request, target, path) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isRead && path === '/') return answerPlayground(request, target);
    const asset = isRead ? await assets?.(path.slice(1)) : undefined;
    return asset ? answerPage(asset.contentType, asset.body) : notFoundPage(request);
  };
};
