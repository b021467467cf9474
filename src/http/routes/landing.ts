import type { Options } from '../../options/table.ts';
import type { HttpRequest, HttpResponse } from '../wire/message.ts';
import { below, type Target } from '../wire/target.ts';

/** Whether a person has typed the address, or followed a link: programs ask for no page. */
const isVisit = ({ method, headers }: HttpRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  (headers['sec-fetch-mode'] === 'navigate' || (headers['accept'] ?? '').includes('application/xhtml+xml'));

const isBare = ({ path, search }: Target): boolean =>
  path === '/' || (below('/graphql', path) === '/' && !new URLSearchParams(search).has('query'));

/** Leads a browser that was pointed to `/` or to `/graphql` on to the page; undefined for all other requests. */
export const leadToPage = (
  request: HttpRequest,
  target: Target,
  { playgroundPath }: Pick<Options, 'playgroundPath'>,
): HttpResponse | undefined =>
  isVisit(request) && isBare(target)
    ? {
        status: 303,
        headers: { location: playgroundPath, 'cache-control': 'no-store', vary: 'Accept, Sec-Fetch-Mode' },
        body: '',
      }
    : undefined;
