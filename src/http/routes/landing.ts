import type { Options } from '../../options/table.ts';
import type { HttpRequest, HttpResponse } from '../wire/message.ts';
import { below, type Target } from '../wire/target.ts';

/** Whether a person has typed the address, or followed a link: programs ask for no page. */
const isVisit = ({ method, headers }: HttpRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  (headers['sec-fetch-mode'] === 'navigate' || (headers['accept'] ?? '').includes('application/xhtml+xml'));

const isBareGraphQL = ({ path, search }: Target): boolean =>
  below('/graphql', path) === '/' && !new URLSearchParams(search).has('query');

/** Leads a browser that was pointed to `/` on to the console, and from `/graphql` to the playground; undefined for all other requests. */
export const leadToPage = (
  request: HttpRequest,
  target: Target,
  { playgroundPath }: Pick<Options, 'playgroundPath'>,
): HttpResponse | undefined => {
  const page = target.path === '/' ? '/console' : isBareGraphQL(target) ? playgroundPath : undefined;
  if (page === undefined || !isVisit(request)) return undefined;
  const headers = { location: page, 'cache-control': 'no-store', vary: 'Accept, Sec-Fetch-Mode' };
  return { status: 303, headers, body: '' };
};
