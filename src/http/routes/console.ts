import { cryptoRandom } from '../../operations/random.ts';
import type { Options } from '../../options/table.ts';
import { notFoundPage } from '../wire/answers.ts';
import { namesHere } from '../wire/loopback.ts';
import type { HttpResponse } from '../wire/message.ts';
import { answerHtml, answerPage, toNoticePage, toPage } from './page.ts';
import type { HttpRoute } from './routes.ts';

/** The page of the console: it holds nothing, and asks the control routes for all that it shows. */
const consolePage = ({ appName }: Options, nonce: string): string =>
  toPage({
    title: `${appName} · console`,
    icon: '◉',
    head: `<meta property="csp-nonce" content="${nonce}">`,
    body: `<div id="console"><noscript>The console needs JavaScript.</noscript></div>
<script type="module" src="/console/console.js"></script>`,
  });

const WITHOUT_ASSETS = toNoticePage(
  'The console is not here',
  'It comes with the server: <code>npx parse-users-emulator</code> serves it at <code>http://localhost:1337/console</code>. ' +
    'In a page of your own, <code>mountConsole</code> of <code>parse-users-emulator/console</code> opens it.',
);

const FROM_ELSEWHERE = toNoticePage(
  'The console answers to this machine',
  'Open it by a loopback name, such as <code>http://localhost:1337/console</code>.',
);

/** The page at `/console`, and its files below. Pages may be opened by loopback names only, as the control routes behind them. */
export const createConsole = ({ options }: { readonly options: Options }): HttpRoute['answer'] => {
  const { playgroundAssets: assets } = options;
  const answerConsole = async (): Promise<HttpResponse> => {
    if (!(await assets?.('console/console.js'))) return answerHtml(WITHOUT_ASSETS);
    const nonce = cryptoRandom.hex(32); // the chance of the emulator itself may be fixed by a test
    return answerHtml(consolePage(options, nonce), { style: `'nonce-${nonce}'` });
  };
  return async (request, target, path) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isRead && path === '/') {
      return namesHere(request, target) ? answerConsole() : answerHtml(FROM_ELSEWHERE, { status: 403 });
    }
    const asset = isRead ? await assets?.(`console${path}`) : undefined;
    return asset ? answerPage(asset.contentType, asset.body, { style: "'none'" }) : notFoundPage(request);
  };
};
